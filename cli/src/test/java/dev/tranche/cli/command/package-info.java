/// Tests.
@NullMarked
package dev.tranche.cli.command;

import org.jspecify.annotations.NullMarked;
