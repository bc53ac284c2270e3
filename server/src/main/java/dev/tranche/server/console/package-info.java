/// The web console: static files over the public API. It computes nothing.
@NullMarked
package dev.tranche.server.console;

import org.jspecify.annotations.NullMarked;
