package dev.tranche.market.desk;

import dev.tranche.market.order.OrderReports;
import dev.tranche.market.order.RelayedReports;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What a desk hears, kept so that another desk can hear the same.
final class Tape implements RelayedReports {
    private final List<Consumer<Desk>> inputs = new ArrayList<>();
    private final Desk desk;

    Tape(Desk desk) {
        this.desk = desk;
    }

    void say(Consumer<Desk> input) {
        inputs.add(input);
        input.accept(desk);
    }

    int size() {
        return inputs.size();
    }

    /// Says everything again, but one input (-1 for none).
    void play(Desk other, int but) {
        for (int i = 0; i < inputs.size(); i++) {
            if (i != but) {
                inputs.get(i).accept(other);
            }
        }
    }

    @Override
    public void relay(Consumer<OrderReports> report) {
        say(report::accept);
    }
}
