package dev.tranche.engine.trading.run;

import dev.tranche.engine.venue.GatewayInbox;
import dev.tranche.market.order.SomeReports;

/// Hears market data and nothing else: reports of an account that is not there say nothing.
interface MarketOnly extends GatewayInbox, SomeReports {
    /// Lets what is heard of markets through.
    record Through(GatewayInbox to) implements MarketOnly {
        @Override
        public void market(long now, int contract, byte[] bytes, int from, int end) {
            to.market(now, contract, bytes, from, end);
        }

        @Override
        public void marketLost(long now, int contract) {
            to.marketLost(now, contract);
        }

        @Override
        public void notice(long now, int venue, String text) {
            to.notice(now, venue, text);
        }
    }

    @Override
    default void protection(long now, int venue, boolean triggered) {}
}
