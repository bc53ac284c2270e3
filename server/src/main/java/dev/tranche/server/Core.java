package dev.tranche.server;

import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.metrics.Metrics;
import dev.tranche.runtime.store.Store;
import dev.tranche.server.http.Access;
import dev.tranche.server.http.Health;
import dev.tranche.server.http.Readiness;
import dev.tranche.server.journal.DecisionJournal;
import dev.tranche.server.journal.Decisions;
import dev.tranche.server.journal.JournalTail;
import dev.tranche.server.journal.Outcomes;
import dev.tranche.server.journal.Recent;
import dev.tranche.server.journal.Windows;
import dev.tranche.server.protocol.Inference;
import dev.tranche.server.serving.Artifacts;
import dev.tranche.server.serving.Replay;
import dev.tranche.server.serving.RouteTable;
import dev.tranche.server.serving.Serving;

/// What a running server consists of, as its wings see it.
///
/// @param settings how it was started
/// @param clock the clocks
/// @param store the database; it may be away
/// @param journal the decision journal
/// @param decisions finds a decision wherever it is kept
/// @param tail what reads the journal
/// @param windows what each version did lately
/// @param recent recent decisions
/// @param outcomes takes in outcomes
/// @param artifacts opens registered folders; the control side tells it where they are
/// @param routes the routes in force; the control side swaps them
/// @param serving answers
/// @param inference answers in the words of the inference protocol; the control side tells it what is
///     registered
/// @param replay answers again
/// @param access who may come in; the control side tells it the tokens
/// @param health the components and their states
/// @param readiness whether this node wants requests
/// @param metrics the registry
public record Core(
        Settings settings,
        Ticks clock,
        Store store,
        DecisionJournal journal,
        Decisions decisions,
        JournalTail tail,
        Windows windows,
        Recent recent,
        Outcomes outcomes,
        Artifacts artifacts,
        RouteTable routes,
        Serving serving,
        Inference inference,
        Replay replay,
        Access access,
        Health health,
        Readiness readiness,
        Metrics metrics) {}
