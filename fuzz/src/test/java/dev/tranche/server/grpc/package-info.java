/// Targets beside the readers that only this package sees.
@NullMarked
package dev.tranche.server.grpc;

import org.jspecify.annotations.NullMarked;
