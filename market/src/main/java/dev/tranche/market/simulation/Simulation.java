package dev.tranche.market.simulation;

import dev.tranche.market.feed.MarketSink;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Plays the tapes of several contracts to a venue and to a participant, in the order of one clock: each event
/// reaches the venue when it happened and the participant when it is heard, orders and reports travel in
/// between. Within a nanosecond: what is under way arrives, then the market moves at the venues, then we hear
/// of the market, then the timer; contracts in their order.
///
/// The venue's clock is the clock. Nothing is drawn or allocated a step. One thread. Hot: `tranche bench
/// market`.
public final class Simulation {
    private final SimulatedVenue venue;
    private final Timed[] tapes;
    private final int[] contracts;
    private final long timerNanos;
    private final Agenda agenda;
    private final int[] played;
    private long now = Long.MIN_VALUE;
    private long timer;
    private long events;

    private Simulation(SimulatedVenue venue, Timed[] tapes, int[] contracts, long timerNanos) {
        this.venue = venue;
        this.tapes = tapes;
        this.contracts = contracts;
        this.timerNanos = timerNanos;
        this.played = new int[2 * tapes.length];
        this.agenda = new Agenda(2 * tapes.length);
    }

    /// What is played.
    ///
    /// @param contract its place in the venue's contracts
    public record Track(int contract, Tape tape, FeedDelay delay) {}

    /// @param timer nanoseconds from one [Participant#time] to the next, 1 µs..1 d
    /// @param chance for the ways of the feeds
    public static Simulation of(SimulatedVenue venue, List<Track> tracks, long timer, RandomGenerator chance) {
        if (timer < 1_000 || timer > 86_400_000_000_000L) {
            throw new IllegalArgumentException("timer must be within 1 us..1 d: " + timer + " ns");
        }
        List<Timed> timed = new ArrayList<>();
        for (Track track : tracks) {
            timed.add(Timed.of(track.tape(), track.delay(), chance));
        }
        int[] contracts = tracks.stream().mapToInt(Track::contract).toArray();
        return new Simulation(venue, timed.toArray(Timed[]::new), contracts, timer);
    }

    /// The time of the simulation, epoch nanoseconds.
    public long now() {
        return now;
    }

    /// Events told to the venue and to the participant, each counted.
    public long events() {
        return events;
    }

    /// When the first event happens, epoch nanoseconds.
    public long begins() {
        long first = Long.MAX_VALUE;
        for (Timed tape : tapes) {
            if (tape.venueAt.length > 0) {
                first = Math.min(first, tape.venueAt[0]);
            }
        }
        return first;
    }

    /// Plays all of it, and what is under way at the end.
    ///
    /// @return events told
    public long run(Participant participant) {
        return runUntil(Long.MAX_VALUE, participant);
    }

    /// Plays what happens before a time; a later call goes on from there.
    ///
    /// @return events told since the beginning
    public long runUntil(long endNanos, Participant participant) {
        if (now == Long.MIN_VALUE) {
            start(participant);
        }
        while (true) {
            long event = agenda.at();
            long next = Math.min(event, venue.next());
            if (next == Long.MAX_VALUE || next >= endNanos) {
                return events;
            }
            now = Math.min(next, timer);
            venue.time(now, participant);
            if (event == now) {
                play(participant);
            } else if (timer == now && next > now) {
                participant.time(now);
                timer += timerNanos;
            }
        }
    }

    private void start(Participant participant) {
        for (int i = 0; i < tapes.length; i++) {
            Timed tape = tapes[i];
            if (tape.venueAt.length > 0) {
                agenda.add(i, tape.venueAt[0]);
                agenda.add(tapes.length + i, tape.heardAt[0]);
            }
        }
        now = Math.min(agenda.at(), venue.next());
        if (now != Long.MAX_VALUE) {
            timer = now - Math.floorMod(now, timerNanos) + timerNanos;
            venue.time(now, participant);
            participant.time(now);
        }
    }

    private void play(Participant participant) {
        int source = agenda.first();
        boolean heard = source >= tapes.length;
        int place = heard ? source - tapes.length : source;
        Timed tape = tapes[place];
        int contract = contracts[place];
        int next = ++played[source];
        long[] times = heard ? tape.heardAt : tape.venueAt;
        int event = (heard ? tape.heardOrder : tape.venueOrder)[next - 1];
        int kind = tape.tape.kind(event);
        if (kind == Tape.BAR && !heard) {
            venue.bar(contract, tape.tape.bar(event));
        } else if (kind != Tape.BAR && (kind != Tape.PRINT || heard)) {
            MarketSink sink = heard ? participant.market(contract) : venue.market(contract);
            tape.tape.say(event, sink, now);
        }
        events++;
        agenda.replace(next < times.length ? times[next] : Long.MAX_VALUE);
    }
}
