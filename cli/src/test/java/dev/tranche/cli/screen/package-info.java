/// Tests.
@NullMarked
package dev.tranche.cli.screen;

import org.jspecify.annotations.NullMarked;
