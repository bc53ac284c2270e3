package dev.tranche.batch.divergence.read;

import java.util.List;

/// One row of a file as numbers and texts.
///
/// @param header what the columns are called, for the words of a fault
/// @param cells the texts
/// @param times how times are written
record Row(Header header, List<String> cells, TimeText times) {
    String text(int column) throws BadRowException {
        if (column >= cells.size()) {
            throw BadRowException.of(
                    "row is cut short",
                    cells.size() + " cells of " + header.names().size());
        }
        return cells.get(column);
    }

    long time(int column) throws BadRowException {
        return times.millis(text(column));
    }

    /// A finite number.
    double number(int column) throws BadRowException {
        String text = text(column);
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException notOne) {
            throw fault(column, text);
        }
        throw fault(column, text);
    }

    /// A finite number, or NaN where the column is absent or the cell is empty.
    double numberOrMissing(int column) throws BadRowException {
        boolean missing = column < 0 || column >= cells.size() || isMissing(cells.get(column));
        return missing ? Double.NaN : number(column);
    }

    private static boolean isMissing(String cell) {
        return cell.isEmpty() || cell.equalsIgnoreCase("nan") || cell.equalsIgnoreCase("null") || cell.equals("NA");
    }

    /// A truth value: true, false, 1, 0.
    boolean flag(int column) throws BadRowException {
        String text = text(column);
        if (text.equalsIgnoreCase("true") || text.equals("1")) {
            return true;
        }
        if (text.equalsIgnoreCase("false") || text.equals("0")) {
            return false;
        }
        throw BadRowException.of(header.names().get(column) + " is no truth value", text);
    }

    private BadRowException fault(int column, String text) {
        String name = column < header.names().size() ? header.names().get(column) : "column " + (column + 1);
        return BadRowException.of(name + " is no number", text);
    }
}
