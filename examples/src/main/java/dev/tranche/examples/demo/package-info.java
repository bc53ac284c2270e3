/// The whole story on real data: a model goes live in tranches, and a bad one comes back by itself.
@NullMarked
package dev.tranche.examples.demo;

import org.jspecify.annotations.NullMarked;
