package dev.tranche.engine;

import dev.tranche.engine.upstream.ServerException;
import dev.tranche.engine.upstream.TrancheServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Orders of people to a running desk, over its doors. Exit codes: 0 done, 1 refused, 3 unreachable.
final class MarketOrders {
    private static final Logger LOG = LoggerFactory.getLogger(MarketOrders.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private MarketOrders() {}

    /// Which desk.
    static final class Engine {
        @Option(names = "--engine", paramLabel = "URL", description = "the engine (default: http://127.0.0.1:8080)")
        private String url = "http://127.0.0.1:8080";

        @Option(
                names = "--token-file",
                paramLabel = "FILE",
                description = "its token (default: trading-data/operator.token)")
        private Path tokenFile = Path.of("trading-data", "operator.token");

        private Engine() {}

        private static final int REFUSED = 1;
        private static final int UNREACHABLE = 3;
        private static final String NO_DESK = " answers, and is no engine with a desk: --engine names one";

        private interface Ask {
            String of(TrancheServer server) throws IOException, InterruptedException;
        }

        private int asked(CommandSpec spec, Ask ask) throws InterruptedException {
            try (TrancheServer server = TrancheServer.at(URI.create(url), tokenFile)) {
                spec.commandLine().getOut().println(ask.of(server));
                spec.commandLine().getOut().flush();
                return 0;
            } catch (ServerException e) {
                LOG.debug("order.refused", e);
                return failed(spec, refusal(e), e.code().isEmpty() ? UNREACHABLE : REFUSED);
            } catch (IOException | IllegalArgumentException e) {
                LOG.debug("order.not-handed-over", e);
                return failed(spec, silence(e), UNREACHABLE);
            }
        }

        private static int failed(CommandSpec spec, String why, int code) {
            spec.commandLine().getErr().println("tranche market " + spec.name() + ": " + why);
            spec.commandLine().getErr().flush();
            return code;
        }

        private String refusal(ServerException e) {
            return switch (e.status()) {
                case 401, 403 ->
                    url + " does not take the token in " + tokenFile + ": --token-file names the one in the engine's"
                            + " data folder (" + e.getMessage() + ")";
                case 404 -> url + NO_DESK + " (" + e.getMessage() + ")";
                default ->
                    e.code().isEmpty() ? url + NO_DESK + " (" + e.getMessage() + ")" : String.valueOf(e.getMessage());
            };
        }

        private String silence(Exception e) {
            return switch (e) {
                case HttpConnectTimeoutException _ -> url + " does not answer: no connection within 5 s";
                case HttpTimeoutException _ -> url + " does not answer within 5 s; whether it obeyed is not known";
                case ConnectException _ -> "nobody listens at " + url + ": does the engine run? --engine names it";
                case NoSuchFileException _ -> "there is no token file " + tokenFile + ": --token-file names it";
                case FileSystemException file ->
                    "the token file " + tokenFile + " cannot be read: "
                            + Objects.requireNonNullElse(
                                    file.getReason(), file.getClass().getSimpleName());
                default ->
                    url + ": "
                            + Objects.requireNonNullElse(
                                    e.getMessage(), e.getClass().getSimpleName());
            };
        }
    }

    /// What an engine says; an answer without it is of somebody else.
    private static String known(JsonNode answer, String field) throws IOException {
        if (!answer.path(field).isString()) {
            throw new IOException("answers, and is no engine with a desk: it says nothing of its " + field);
        }
        return answer.path(field).asString();
    }

    /// An order that a person signs.
    abstract static class Signed implements Callable<Integer> {
        @Mixin
        private Engine engine = new Engine();

        @Option(names = "--who", description = "who orders it (default: the user of this machine)")
        private String who = System.getProperty("user.name", "");

        @Option(names = "--reason", required = true, description = "why")
        private String reason = "";

        @Spec
        private CommandSpec spec = CommandSpec.create();

        private Signed() {}

        void add(Map<String, Object> body) {
            LOG.trace("nothing to add to {}", body);
        }

        @Override
        public Integer call() throws InterruptedException {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("who", who);
            body.put("reason", reason);
            add(body);
            return engine.asked(
                    spec,
                    server -> known(
                            server.post(
                                    "/api/v1/desk/" + spec.name(), "application/json", JSON.writeValueAsString(body)),
                            "detail"));
        }
    }

    @Command(
            name = "kill",
            description = "Stops everything until a named release: all orders are taken back.",
            mixinStandardHelpOptions = true)
    static final class Kill extends Signed {
        private Kill() {}
    }

    @Command(name = "release", description = "Ends a kill, into RESTRICTED.", mixinStandardHelpOptions = true)
    static final class Release extends Signed {
        private Release() {}
    }

    @Command(
            name = "halt",
            description = "Pulls every quote until it is resumed; hedging goes on.",
            mixinStandardHelpOptions = true)
    static final class Halt extends Signed {
        private Halt() {}
    }

    @Command(name = "resume", description = "Allows quoting again.", mixinStandardHelpOptions = true)
    static final class Resume extends Signed {
        private Resume() {}
    }

    @Command(
            name = "cancel-all",
            description = "Halts, and takes back every order in every contract, known or not.",
            mixinStandardHelpOptions = true)
    static final class CancelAll extends Signed {
        private CancelAll() {}
    }

    @Command(
            name = "flatten",
            description = "Halts, and brings every position towards 0 with orders that only reduce.",
            mixinStandardHelpOptions = true)
    static final class Flatten extends Signed {
        private Flatten() {}
    }

    @Command(
            name = "reset-protection",
            description = "Ends a venue's protection for market makers that was triggered: quotes rest there again.",
            mixinStandardHelpOptions = true)
    static final class ResetProtection extends Signed {
        @Option(names = "--venue", required = true, description = "name of the venue")
        private String venue = "";

        private ResetProtection() {}

        @Override
        void add(Map<String, Object> body) {
            body.put("venue", venue);
        }
    }

    @Command(
            name = "adopt",
            description = "Books what a venue's position has more than ours, so that both agree.",
            mixinStandardHelpOptions = true)
    static final class Adopt extends Signed {
        @Option(names = "--venue", required = true, description = "name of the venue")
        private String venue = "";

        @Option(names = "--symbol", required = true, description = "symbol of the contract")
        private String symbol = "";

        @Option(names = "--price", required = true, description = "price at which it is booked")
        private double price;

        private Adopt() {}

        @Override
        void add(Map<String, Object> body) {
            body.put("venue", venue);
            body.put("symbol", symbol);
            body.put("price", price);
        }
    }

    @Command(name = "status", description = "How a running desk does.", mixinStandardHelpOptions = true)
    static final class Status implements Callable<Integer> {
        @Mixin
        private Engine engine = new Engine();

        @Option(names = "--json", description = "write all of it as JSON")
        private boolean json;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        private Status() {}

        @Override
        public Integer call() throws InterruptedException {
            return engine.asked(spec, server -> {
                JsonNode status = server.json("/api/v1/desk");
                known(status, "desk");
                return json ? status.toString() : words(status);
            });
        }

        private static String words(JsonNode status) {
            StringBuilder words = new StringBuilder();
            words.append(status.path("desk").asString(""))
                    .append(": ")
                    .append(status.path("state").asString(""));
            String why = status.path("why").asString("");
            words.append(why.isEmpty() ? "" : " (" + why + ")");
            words.append("\nbreaker ")
                    .append(status.path("breaker").path("state").asString(""));
            words.append(", equity ").append(status.path("pnl").path("equity"));
            words.append(", day ").append(status.path("pnl").path("day"));
            words.append(", drawdown ").append(status.path("pnl").path("drawdown"));
            words.append(", orders open ").append(status.path("orders").path("active"));
            status.path("strategies")
                    .forEach(each -> words.append("\n  ")
                            .append(each.path("name").asString(""))
                            .append(
                                    each.path("quoting").asBoolean(false)
                                            ? " quotes"
                                            : " does not quote: "
                                                    + each.path("why").asString(""))
                            .append(", pnl ")
                            .append(each.path("pnl").path("total"))
                            .append(", fills ")
                            .append(each.path("fills")));
            status.path("positions")
                    .forEach(each -> words.append("\n  ")
                            .append(each.path("venue").asString(""))
                            .append(':')
                            .append(each.path("symbol").asString(""))
                            .append(' ')
                            .append(each.path("quantity"))
                            .append(" at ")
                            .append(each.path("average")));
            return words.toString();
        }
    }
}
