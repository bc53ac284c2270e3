/// Tests.
@NullMarked
package dev.tranche.cli.watch;

import org.jspecify.annotations.NullMarked;
