/// Reads an evidence file without a server and checks that nothing in it was changed afterwards.
@NullMarked
package dev.tranche.cli.evidence;

import org.jspecify.annotations.NullMarked;
