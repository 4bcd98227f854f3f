package costlake.config;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists of prices: CSV with the columns unit and price, and if needed currency, from and to.
 * Every other column is a delivered column whose text a row must have; an empty cell is no
 * condition.
 */
final class PriceLists {
  private static final List<String> REQUIRED = List.of("unit", "price");
  private static final Set<String> OWN = Set.of("unit", "price", "currency", "from", "to");

  private PriceLists() {}

  static List<MappingPrice> read(String text, String file, Problems problems) {
    List<MappingPrice> prices = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(text)) {
      for (NamedCsvRecord row : rows) {
        if (!row.getHeader().containsAll(REQUIRED)) {
          problems.add(Origin.top(file), "needs the columns " + String.join(", ", REQUIRED));
          return List.of();
        }
        Origin line = new Origin(file, (int) row.getStartingLineNumber());
        price(row, line, problems).ifPresent(prices::add);
      }
    } catch (CsvParseException e) {
      problems.add(Origin.top(file), "cannot be read: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return prices;
  }

  private static Optional<MappingPrice> price(NamedCsvRecord row, Origin line, Problems problems) {
    try {
      String unit = cell(row, "unit");
      String price = cell(row, "price");
      if (unit == null || price == null) {
        problems.add(line, "needs a unit and a price");
        return Optional.empty();
      }
      return Optional.of(
          new MappingPrice(
              where(row),
              unit,
              new BigDecimal(price),
              cell(row, "currency"),
              day(row, "from"),
              day(row, "to"),
              line));
    } catch (NumberFormatException e) {
      problems.add(line, "price cannot be '" + row.getField("price") + "': write a number");
    } catch (DateTimeException e) {
      problems.add(line, "from and to must be days, YYYY-MM-DD: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static RowCondition where(NamedCsvRecord row) {
    Map<String, String> where = new TreeMap<>();
    row.getFieldsAsMap()
        .forEach(
            (column, text) -> {
              if (!OWN.contains(column) && !text.isBlank()) {
                where.put(column, text.strip());
              }
            });
    return RowCondition.of(where);
  }

  private static @Nullable LocalDate day(NamedCsvRecord row, String column) {
    String text = cell(row, column);
    return text == null ? null : LocalDate.parse(text);
  }

  private static @Nullable String cell(NamedCsvRecord row, String column) {
    return row.findField(column).map(String::strip).filter(text -> !text.isEmpty()).orElse(null);
  }
}
