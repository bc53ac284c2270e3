/// The command line against a door that answers in recorded shapes; the real server is met in `e2e`.
@NullMarked
package dev.tranche.cli;

import org.jspecify.annotations.NullMarked;
