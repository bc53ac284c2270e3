package dev.tranche.market.simulation;

/// How a simulated venue treats us.
///
/// @param entry from an order sent to the venue's having it
/// @param response from something at the venue to our hearing of it
/// @param crossing whether an opposing quote that stands at or through the price of our resting order fills
///     it, as much as that quote shows and each shown lot once. Off: trades alone fill, so that a market that
///     steps over us without a trade leaves us standing, which flatters
/// @param requestsASecond new orders and amendments accepted in the long run; infinite for no limit. Cancels
///     are never refused
/// @param burst requests accepted at once on top, at least 1
/// @param refusedShare share of new orders refused for nothing, 0..1: what a venue in distress does
public record VenueTerms(
        Latency entry,
        Latency response,
        QueueModel queue,
        boolean crossing,
        double requestsASecond,
        int burst,
        double refusedShare,
        BarFills bars) {
    /// At once, careful about the queue, no limits.
    public static final VenueTerms IDEAL = new VenueTerms(
            Latency.NONE, Latency.NONE, new QueueModel.Fifo(), true, Double.POSITIVE_INFINITY, 1, 0, BarFills.TENTH);

    public VenueTerms {
        if (!(requestsASecond > 0) || burst < 1) {
            throw new IllegalArgumentException(
                    "requestsASecond must be above 0 and burst at least 1: " + requestsASecond + ", " + burst);
        }
        if (!(refusedShare >= 0 && refusedShare <= 1)) {
            throw new IllegalArgumentException("refusedShare must be within 0..1: " + refusedShare);
        }
    }

    public VenueTerms with(Latency newEntry, Latency newResponse) {
        return new VenueTerms(newEntry, newResponse, queue, crossing, requestsASecond, burst, refusedShare, bars);
    }

    public VenueTerms with(QueueModel other) {
        return new VenueTerms(entry, response, other, crossing, requestsASecond, burst, refusedShare, bars);
    }

    public VenueTerms with(BarFills other) {
        return new VenueTerms(entry, response, queue, crossing, requestsASecond, burst, refusedShare, other);
    }

    public VenueTerms crossing(boolean fills) {
        return new VenueTerms(entry, response, queue, fills, requestsASecond, burst, refusedShare, bars);
    }

    public VenueTerms rate(double aSecond, int atOnce) {
        return new VenueTerms(entry, response, queue, crossing, aSecond, atOnce, refusedShare, bars);
    }

    public VenueTerms refusing(double share) {
        return new VenueTerms(entry, response, queue, crossing, requestsASecond, burst, share, bars);
    }
}
