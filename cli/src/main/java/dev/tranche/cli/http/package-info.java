/// The one door out: requests to a server of ours, and the three ways they can end.
@NullMarked
package dev.tranche.cli.http;

import org.jspecify.annotations.NullMarked;
