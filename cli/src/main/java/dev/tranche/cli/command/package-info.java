/// The commands, one class each.
@NullMarked
package dev.tranche.cli.command;

import org.jspecify.annotations.NullMarked;
