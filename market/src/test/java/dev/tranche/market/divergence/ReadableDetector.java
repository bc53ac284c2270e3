package dev.tranche.market.divergence;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/// The oracle: the rules of `docs/concepts/divergence.md` as they are written, looking at the whole tape
/// each time.
///
/// @param parameters which parameters are in force from which bar on
/// @param resets bars before which everything was forgotten
record ReadableDetector(
        Tape tape, NavigableMap<Integer, Parameters> parameters, NavigableSet<Integer> resets, Set<Source> sources) {

    List<DivergenceEvent> events() {
        List<DivergenceEvent> told = new ArrayList<>();
        for (int bar = 0; bar < tape.bars(); bar++) {
            for (boolean lows : new boolean[] {true, false}) {
                new Moment(bar, lows).tell(told);
            }
        }
        return told;
    }

    private static boolean fromLows(DivergenceEvent event, Tape tape) {
        return event.second().price() == tape.low()[(int) event.second().bar()]
                && event.first().price() == tape.low()[(int) event.first().bar()];
    }

    /// One bar seen from one side of the market.
    private final class Moment {
        private final int now;
        private final boolean lows;
        private final Parameters rules;
        private final int start;

        Moment(int now, boolean lows) {
            this.now = now;
            this.lows = lows;
            this.rules = parameters.floorEntry(now).getValue();
            this.start = Optional.ofNullable(resets.floor(now)).orElse(0);
        }

        private double price(int bar) {
            return lows ? tape.low()[bar] : tape.high()[bar];
        }

        /// True when `a` is further out than `b`.
        private boolean beyond(double a, double b) {
            return lows ? a < b : a > b;
        }

        private boolean pivot(int bar) {
            int half = rules.swingL();
            if (bar - half < start || bar + half > now || bar - start < rules.warmup()) {
                return false;
            }
            for (int other = bar - half; other <= bar + half; other++) {
                if (beyond(price(other), price(bar)) || (other < bar && price(other) == price(bar))) {
                    return false;
                }
            }
            return true;
        }

        void tell(List<DivergenceEvent> told) {
            int second = now - rules.swingL();
            if (second < start || !pivot(second)) {
                return;
            }
            int first = second - 1;
            while (first >= start && !pivot(first)) {
                first--;
            }
            if (first < start || second - first < rules.minSeparation()) {
                return;
            }
            Flows flows = new Flows(
                    flow(Source.OFI, first, second),
                    flow(Source.CVD, first, second),
                    flow(Source.FUSION, first, second));
            for (Source source : Source.values()) {
                divergence(source, first, second, flows).ifPresent(event -> tell(told, event));
            }
            if (sources.contains(Source.FUSION) && Math.signum(flows.ofi()) * Math.signum(flows.cvd()) == -1) {
                double flow = Math.min(Math.abs(flows.ofi()), Math.abs(flows.cvd()));
                if (flow >= rules.zMid()) {
                    tell(told, event(Source.FUSION, Kind.CONFLICT, first, second, flows, flow, Double.NaN));
                }
            }
        }

        private void tell(List<DivergenceEvent> told, DivergenceEvent event) {
            boolean silent = told.stream()
                    .filter(before -> before.source() == event.source())
                    .filter(before -> (before.kind() == Kind.CONFLICT) == (event.kind() == Kind.CONFLICT))
                    .filter(before -> fromLows(before, tape) == lows)
                    .anyMatch(before -> before.second().bar() >= event.second().bar()
                            || event.confirmedMillis() - before.confirmedMillis() < rules.cooldownMillis());
            if (!silent && event.score().points() >= rules.weakThreshold()) {
                told.add(event);
            }
        }

        private Optional<DivergenceEvent> divergence(Source source, int first, int second, Flows flows) {
            if (!sources.contains(source) || price(first) == price(second)) {
                return Optional.empty();
            }
            boolean further = beyond(price(second), price(first));
            Kind kind = lows ? (further ? Kind.BULL : Kind.HIDDEN_BULL) : (further ? Kind.BEAR : Kind.HIDDEN_BEAR);
            // A lower low wants a higher line, a higher low a lower one; a higher high a lower, a lower high a higher.
            double wanted = lows == further ? 1 : -1;
            double flow = wanted * flows.of(source);
            if (!(flow >= rules.zMid())) {
                return Optional.empty();
            }
            double ofi = wanted * flows.ofi();
            double cvd = wanted * flows.cvd();
            double agreement = switch (source) {
                case OFI -> cvd;
                case CVD -> ofi;
                case FUSION -> Math.min(ofi, cvd);
            };
            return Optional.of(event(source, kind, first, second, flows, flow, agreement));
        }

        private DivergenceEvent event(
                Source source, Kind kind, int first, int second, Flows flows, double flow, double agreement) {
            double move = Math.abs(price(second) - price(first));
            Score score = Score.of(
                    rules, flow, Math.min(size(first), size(second)), deviations(move, first, second), agreement);
            boolean conflict = kind == Kind.CONFLICT;
            return new DivergenceEvent(
                    source,
                    kind,
                    conflict ? bare(first) : seen(source, first),
                    conflict ? bare(second) : seen(source, second),
                    now,
                    tape.millis()[now],
                    flows,
                    score);
        }

        private Pivot bare(int bar) {
            return new Pivot(bar, tape.millis()[bar], price(bar), 0, Double.NaN);
        }

        private Pivot seen(Source source, int bar) {
            int turn = turn(source, bar);
            return new Pivot(bar, tape.millis()[bar], price(bar), turn - bar, line(source, turn));
        }

        /// The smaller of the ways down to the pivot and up from it (for a low), in standard deviations.
        private double size(int bar) {
            int half = rules.swingL();
            double before = LongStream.rangeClosed(bar - half, bar - 1)
                    .mapToDouble(other -> opposite((int) other, bar))
                    .max()
                    .orElseThrow();
            double after = LongStream.rangeClosed(bar + 1, bar + half)
                    .mapToDouble(other -> opposite((int) other, bar))
                    .max()
                    .orElseThrow();
            return Math.min(deviations(before, bar - half, bar), deviations(after, bar, bar + half));
        }

        private double opposite(int other, int bar) {
            return lows ? tape.high()[other] - price(bar) : price(bar) - tape.low()[other];
        }

        private double deviations(double move, int from, int to) {
            double squares = 0;
            for (int bar = from + 1; bar <= to; bar++) {
                squares += Math.pow(tape.close()[bar] - tape.close()[bar - 1], 2);
            }
            if (squares == 0) {
                return move > 0 ? Double.POSITIVE_INFINITY : 0;
            }
            return move / Math.sqrt(squares);
        }

        private double z(Source source, int bar) {
            return switch (source) {
                case OFI -> tape.z()[0][bar];
                case CVD -> tape.z()[1][bar];
                case FUSION -> tape.z()[2][bar];
            };
        }

        private double line(Source source, int bar) {
            double sum = 0;
            for (int at = start; at <= bar; at++) {
                sum += Double.isNaN(z(source, at)) ? 0 : z(source, at);
            }
            return sum;
        }

        private int turn(Source source, int bar) {
            int best = bar;
            for (int distance = 1; distance <= rules.maxLag(); distance++) {
                for (int other : new int[] {bar - distance, bar + distance}) {
                    if (beyond(line(source, other), line(source, best))) {
                        best = other;
                    }
                }
            }
            return best;
        }

        private double flow(Source source, int first, int second) {
            for (int bar = first - rules.maxLag(); bar <= now; bar++) {
                if (Double.isNaN(z(source, bar))) {
                    return Double.NaN;
                }
            }
            int from = turn(source, first);
            int to = turn(source, second);
            double sum = 0;
            for (int bar = from + 1; bar <= to; bar++) {
                sum += z(source, bar);
            }
            return sum / Math.sqrt(to - from);
        }
    }
}
