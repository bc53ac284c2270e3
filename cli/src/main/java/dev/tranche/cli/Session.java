package dev.tranche.cli;

import dev.tranche.cli.http.Client;
import dev.tranche.cli.screen.Ink;
import dev.tranche.cli.screen.Spoken;
import dev.tranche.cli.screen.Table;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// One run of one command: the world, the server, and whether a person or a script reads the answer.
///
/// @param world  the machine
/// @param client the server; asked for only by commands that need one
/// @param json   whether answers are printed as JSON
public record Session(World world, Supplier<Client> client, boolean json) {

    public Client server() {
        return client.get();
    }

    public Ink ink() {
        return world.screen().ink();
    }

    public void say(String line) {
        world.out().println(line);
    }

    /// Prints a table, or a sentence when it has no rows.
    public void show(Table table, String whenEmpty) {
        if (table.isEmpty()) {
            say(whenEmpty);
        } else {
            table.lines(ink(), world.screen().columns()).forEach(this::say);
        }
    }

    /// Prints the server's answer as it came, or in words.
    public Exit answer(JsonNode answer, Runnable words) {
        if (json) {
            say(answer.toString());
        } else {
            words.run();
        }
        return Exit.DONE;
    }

    /// An instant of the server on the clock of this machine.
    public String moment(String instant) {
        return Spoken.moment(instant, world.clock().instant(), world.zone());
    }
}
