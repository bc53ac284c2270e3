/// Tests.
@NullMarked
package dev.tranche.cli.evidence;

import org.jspecify.annotations.NullMarked;
