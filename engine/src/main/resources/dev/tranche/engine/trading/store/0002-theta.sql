-- Rows from before this hold no theta.
COMMENT ON COLUMN portfolio_snapshots.theta IS 'dollars a day, of all that is held; null while an option held was not valued';
