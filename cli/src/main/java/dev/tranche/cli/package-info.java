/// The command line: one class per command; speaks HTTP like any other client.
@NullMarked
package dev.tranche.cli;

import org.jspecify.annotations.NullMarked;
