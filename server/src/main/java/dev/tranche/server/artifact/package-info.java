/// Folders become versions: intake, checks, and immutable content-addressed storage.
@NullMarked
package dev.tranche.server.artifact;

import org.jspecify.annotations.NullMarked;
