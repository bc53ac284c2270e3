package dev.tranche.bench.serve;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import java.nio.charset.StandardCharsets;

/// The floor: the same HTTP library with a handler that takes the body and answers a constant of the same
/// length.
public final class EmptyHandler {
    private static final HttpData ANSWER = HttpData.wrap(
            "{\"loan_id\":\"LN100000\",\"score\":0.123456,\"risk_level\":\"LOW\",\"model_version\":\"bench_xgb_v1.0\",\"reject_reasons\":[],\"latency_ms\":0.05,\"decision_id\":\"0000000000000000\",\"decision\":\"APPROVE\",\"source\":\"model\",\"reasons\":[],\"missing\":[],\"defaulted\":[]}"
                    .getBytes(StandardCharsets.UTF_8));

    private EmptyHandler() {}

    /// Serves on a free port of the loopback address and prints `READY http://…`.
    public static void main(String[] args) {
        Server server = Server.builder()
                .http(new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0))
                .service(
                        "/score",
                        (context, request) -> HttpResponse.of(request.aggregate()
                                .thenApply(body -> HttpResponse.of(HttpStatus.OK, MediaType.JSON, ANSWER))))
                .build();
        server.start().join();
        System.out.println("READY http://127.0.0.1:" + server.activeLocalPort());
    }
}
