/// Requests per second and latency of `/score`, beside the bare HTTP library and the seed's own FastAPI
/// service.
@NullMarked
package dev.tranche.bench.serve;

import org.jspecify.annotations.NullMarked;
