package dev.tranche.engine.trading.run;

import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.OrderCodec;
import dev.tranche.engine.trading.journal.ReportCodec;
import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.market.Side;
import dev.tranche.market.order.OrderReports;
import dev.tranche.market.order.OrderSink;
import dev.tranche.runtime.log.Cursor;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogRecord;
import dev.tranche.runtime.log.LogSettings;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What stood at a venue, told from a journal alone: orders that were accepted and not over, by side. A line that
/// was lost takes them all back, which is what the venue's cancel-on-disconnect does.
final class Standing {
    private Standing() {}

    /// The most that stood at once on one side.
    static int most(Path folder) throws IOException {
        Map<Long, Side> sides = new HashMap<>();
        Map<Long, Long> rest = new HashMap<>();
        Set<Long> trades = new HashSet<>();
        Set<Long> resting = new HashSet<>();
        int most = 0;
        try (TradingJournal journal =
                TradingJournal.open(folder.resolve("data/journal"), LogSettings.of(Durability.ASYNC))) {
            OrderSink orders = (OrderSink) Proxy.newProxyInstance(
                    OrderSink.class.getClassLoader(), new Class<?>[] {OrderSink.class}, (_, method, with) -> {
                        if (method.getName().equals("place")) {
                            sides.put((Long) with[0], (Side) with[2]);
                            rest.put((Long) with[0], (Long) with[4]);
                        }
                        return null;
                    });
            OrderReports reports = (OrderReports) Proxy.newProxyInstance(
                    OrderReports.class.getClassLoader(), new Class<?>[] {OrderReports.class}, (_, method, with) -> {
                        switch (method.getName()) {
                            case "accepted" -> resting.add((Long) with[1]);
                            case "cancelled", "rejected" -> resting.remove((Long) with[1]);
                            case "disconnected" -> resting.clear();
                            case "filled" -> {
                                Long id = (Long) with[1];
                                if (trades.add((Long) with[3]) && rest.merge(id, -(Long) with[6], Long::sum) <= 0) {
                                    resting.remove(id);
                                }
                            }
                            default -> {}
                        }
                        return null;
                    });
            Cursor cursor = journal.cursor(journal.start());
            for (Optional<LogRecord> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                ByteBuffer payload = next.get().payload().duplicate().order(ByteOrder.LITTLE_ENDIAN);
                Entry entry = Entry.of(next.get().type());
                if (entry == Entry.ORDER) {
                    OrderCodec.decode(payload, orders);
                } else if (entry == Entry.REPORT) {
                    ReportCodec.decode(next.get().epochNanos(), payload, reports);
                }
                for (Side side : Side.values()) {
                    most = Math.max(most, (int)
                            resting.stream().filter(id -> sides.get(id) == side).count());
                }
            }
        }
        return most;
    }
}
