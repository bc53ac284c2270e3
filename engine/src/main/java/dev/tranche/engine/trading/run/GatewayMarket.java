package dev.tranche.engine.trading.run;

import dev.tranche.engine.trading.market.MarketSource;
import dev.tranche.engine.venue.Gateway;
import dev.tranche.engine.venue.Link;

/// The market data of a venue through a gateway without an account.
///
/// @param gateway made without credentials
record GatewayMarket(Gateway gateway) implements MarketSource {
    @Override
    public void start() {
        gateway.start();
    }

    @Override
    public void snapshot(int contract) {
        gateway.snapshot(contract);
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public boolean connected(int contract) {
        return gateway.link().market() == Link.State.READY;
    }

    @Override
    public String state() {
        return gateway.link().reason();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
