package costlake.forecast;

import costlake.testing.Shared;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Forecasts real series: the cost of accounts on an AWS bill, and of machines at spot prices. */
class RealForecastTest {
  private static final String BILL =
      "data/billing/aws/s3-bucket/koku-local/20180801-20180901/16e57707-f9e3-49be-8be6-b84e684b5194/koku-local-1.csv.gz";
  private static final String SPOT = "data/prices/aws_spot_history_2020.csv.gz";

  private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");
  private static final int SPOT_DAYS = 82;
  private static final int HOURS = 24;

  @Test
  void isNearerThanTheLastWeekRepeatedAndKnowsItsErrors() {
    Map<String, double[]> panel = new TreeMap<>(accounts());
    panel.putAll(machines());
    Trial.passes("real", panel, 5, 7, 14, 21, 28);
  }

  /** Returns the unblended cost of each account by day, and that of the bill. */
  private static Map<String, double[]> accounts() {
    Map<String, NavigableMap<String, Double>> costs = new TreeMap<>();
    read(
        BILL,
        line -> {
          double cost = Double.parseDouble(line.getField("lineItem/UnblendedCost"));
          String day = line.getField("lineItem/UsageStartDate").substring(0, 10);
          for (String name : List.of("bill", line.getField("lineItem/UsageAccountId"))) {
            costs.computeIfAbsent(name, any -> new TreeMap<>()).merge(day, cost, Double::sum);
          }
        });
    Map<String, double[]> accounts = new TreeMap<>();
    costs.forEach(
        (name, days) ->
            accounts.put(name, days.values().stream().mapToDouble(Double::doubleValue).toArray()));
    return accounts;
  }

  /** Returns the cost of machines that always run, by type and zone, where prices are known. */
  private static Map<String, double[]> machines() {
    Map<String, NavigableMap<Instant, Double>> prices = new TreeMap<>();
    read(
        SPOT,
        line -> {
          if (line.getField("product").equals("Linux/UNIX")) {
            prices
                .computeIfAbsent(
                    line.getField("instance_type") + " " + line.getField("az"),
                    any -> new TreeMap<>())
                .put(
                    Instant.parse(line.getField("effective_from")),
                    Double.valueOf(line.getField("spot_usd_per_hour")));
          }
        });
    prices.values().removeIf(changes -> changes.firstKey().isAfter(FIRST));
    Map<String, double[]> machines = new TreeMap<>();
    prices.forEach((name, changes) -> machines.put(name, days(changes)));
    return machines;
  }

  private static double[] days(NavigableMap<Instant, Double> changes) {
    double[] days = new double[SPOT_DAYS];
    IntStream.range(0, SPOT_DAYS * HOURS)
        .forEach(
            hour ->
                days[hour / HOURS] +=
                    changes.floorEntry(FIRST.plusSeconds(hour * 3600L)).getValue());
    return days;
  }

  private static void read(String shared, Consumer<NamedCsvRecord> each) {
    Path file = Shared.path(shared);
    try (CsvReader<NamedCsvRecord> lines =
        CsvReader.builder()
            .ofNamedCsvRecord(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      lines.forEach(each);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
