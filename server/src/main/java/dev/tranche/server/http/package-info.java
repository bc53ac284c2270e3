/// The HTTP doors: bytes in, one question to the serving path or the journal, bytes out.
@NullMarked
package dev.tranche.server.http;

import org.jspecify.annotations.NullMarked;
