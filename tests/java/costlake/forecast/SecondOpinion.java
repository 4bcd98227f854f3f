package costlake.forecast;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes planted series and what methods forecast of them, for {@code tests/forecast/check.py}. */
public final class SecondOpinion {
  private static final int DAYS = 28;
  private static final int ORIGINS = 6;
  private static final List<Method> METHODS =
      List.of(Method.SEASONAL_NAIVE, Method.FLAT, Method.HOLT_WINTERS);

  private SecondOpinion() {}

  /** Writes {@code history.csv} and {@code ahead.csv} to a folder. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    try (PrintWriter history =
            new PrintWriter(Files.newBufferedWriter(folder.resolve("history.csv")));
        PrintWriter ahead = new PrintWriter(Files.newBufferedWriter(folder.resolve("ahead.csv")))) {
      history.println("series,day,value");
      ahead.println("series,method,day,value,actual");
      for (Map.Entry<String, double[]> series : PlantedForecastTest.panel().entrySet()) {
        for (int back = 1; back <= ORIGINS; back++) {
          double[] values = series.getValue();
          int end = values.length - (back - 1) * DAYS;
          write(series.getKey() + " " + back, Arrays.copyOf(values, end), history, ahead);
        }
      }
    }
  }

  private static void write(String name, double[] values, PrintWriter history, PrintWriter ahead) {
    int known = values.length - DAYS;
    // A method reads the last 26 weeks alone, so both get these.
    int first = known - Method.MOST_DAYS;
    for (int day = first; day < known; day++) {
      history.printf(Locale.ROOT, "%s,%d,%s%n", name, day - first, values[day]);
    }
    for (Method method : METHODS) {
      double[] expected = method.ahead(Arrays.copyOf(values, known), DAYS);
      for (int day = 0; day < DAYS; day++) {
        ahead.printf(
            Locale.ROOT, "%s,%s,%d,%s,%s%n", name, method, day, expected[day], values[known + day]);
      }
    }
  }
}
