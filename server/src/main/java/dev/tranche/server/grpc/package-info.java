/// The doors that speak gRPC: the Open Inference Protocol v2 on the server's one port.
@NullMarked
package dev.tranche.server.grpc;

import org.jspecify.annotations.NullMarked;
