package dev.tranche.cli.command;

import dev.tranche.cli.Session;
import java.util.function.Supplier;
import picocli.CommandLine;

/// The tree of commands: nouns with their verbs, and the few verbs that need no noun.
public final class Commands {
    private Commands() {}

    public static void addTo(CommandLine root, Supplier<Session> sessions) {
        CommandLine models = Group.of("Versions in the registry.")
                .addSubcommand("list", new ModelsList(sessions))
                .addSubcommand("show", new ModelsShow(sessions))
                .addSubcommand("delete", new ModelsDelete(sessions));
        CommandLine rollouts = Group.of("Bring a version in front of traffic, stage by stage.")
                .addSubcommand("start", new RolloutStart(sessions))
                .addSubcommand("list", new RolloutList(sessions))
                .addSubcommand("show", new RolloutShow(sessions))
                .addSubcommand("watch", new RolloutWatch(sessions));
        for (RolloutVerb.Verb verb : RolloutVerb.Verb.values()) {
            CommandLine line = new CommandLine(new RolloutVerb(sessions, verb));
            line.getCommandSpec().usageMessage().description(verb.description());
            rollouts.addSubcommand(verb.word(), line);
        }
        CommandLine decisions = Group.of("What was answered, and why.")
                .addSubcommand("list", new DecisionsList(sessions))
                .addSubcommand("show", new DecisionsShow(sessions));
        CommandLine experiments = Group.of("Compare versions on assigned units.")
                .addSubcommand("start", new ExperimentStart(sessions))
                .addSubcommand("list", new ExperimentList(sessions))
                .addSubcommand("show", new ExperimentShow(sessions))
                .addSubcommand("stop", new ExperimentStop(sessions));
        CommandLine evidence =
                new CommandLine(new Evidence(sessions)).addSubcommand("verify", new EvidenceVerify(sessions));
        CommandLine outcomes =
                Group.of("What became of past decisions.").addSubcommand("post", new OutcomesPost(sessions));
        CommandLine tokens = Group.of("Who may do what.")
                .addSubcommand("create", new TokenCreate(sessions))
                .addSubcommand("list", new TokenList(sessions))
                .addSubcommand("revoke", new TokenRevoke(sessions));
        CommandLine divergence = Group.of("The ways back for what engines work with; other verbs run without a server.")
                .addSubcommand("rollback", new DivergenceRollback(sessions))
                .addSubcommand("backups", new DivergenceBackups(sessions));
        root.addSubcommand("register", new Register(sessions))
                .addSubcommand("models", models)
                .addSubcommand("rollout", rollouts)
                .addSubcommand("route", new Route(sessions))
                .addSubcommand("live", new Live(sessions))
                .addSubcommand("decisions", decisions)
                .addSubcommand("replay", new Replay(sessions))
                .addSubcommand("evidence", evidence)
                .addSubcommand("outcomes", outcomes)
                .addSubcommand("experiment", experiments)
                .addSubcommand("score", new Score(sessions))
                .addSubcommand("explain", new Explain(sessions))
                .addSubcommand("predict", new Predict(sessions))
                .addSubcommand("health", new Health(sessions))
                .addSubcommand("token", tokens)
                .addSubcommand("divergence", divergence)
                .addSubcommand("signal", new Signal(sessions))
                .addSubcommand("fault", new Fault(sessions));
    }
}
