package costlake.telemetry.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.telemetry.series.MeasuredDay;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Properties that hold for all samples, also with gaps, jumps and counter resets. */
class HoursProperties {
  private static final LocalDate DAY = LocalDate.of(2026, 9, 14);
  private static final int STEP_S = 300;
  private static final String POD = "namespace=vision,pod=fit-0,node=n1";
  private static final String DEVICE = "Hostname=n1,UUID=GPU-1,modelName=Tesla T4";

  private record Sample(int second, String value) {
    String text() {
      return second + ":" + value;
    }
  }

  private Path folder;

  @BeforeTry
  void create() throws IOException {
    folder = Files.createTempDirectory("hours");
  }

  @AfterTry
  void remove() throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 100)
  void twoResponsesForOneDayGiveTheSameHoursAsOne(
      @ForAll("days") List<Sample> day, @ForAll @IntRange(max = 86_400) int cut) {
    write("whole", day, day);
    write("first", before(day, cut), before(day, cut));
    write("second", after(day, cut), after(day, cut));

    HoursOfDay whole = hours(files("whole"));
    List<Path> pieces = new ArrayList<>(files("first"));
    pieces.addAll(files("second"));

    assertThat(hours(pieces)).isEqualTo(whole);
  }

  @Property(tries = 100)
  void theOrderOfFilesAndSeriesDoesNotMatter(@ForAll("days") List<Sample> day, @ForAll long seed) {
    write("in order", day, day);
    List<Sample> shuffled = new ArrayList<>(day);
    Collections.shuffle(shuffled, new Random(seed));
    write("shuffled", shuffled, shuffled);
    List<Path> files = new ArrayList<>(files("shuffled"));
    Collections.shuffle(files, new Random(seed));

    assertThat(hours(files)).isEqualTo(hours(files("in order")));
  }

  @Property(tries = 50)
  void secondRunGivesTheSameHours(@ForAll("days") List<Sample> day) {
    write("day", day, day);

    assertThat(hours(files("day")).toString()).isEqualTo(hours(files("day")).toString());
  }

  @Property(tries = 50)
  void responseThatIsDeliveredTwiceCountsOnce(@ForAll("days") List<Sample> day) {
    write("once", day, day);
    List<Path> twice = new ArrayList<>(files("once"));
    twice.addAll(files("once"));

    assertThat(hours(twice)).isEqualTo(hours(files("once")));
  }

  @Property(tries = 100)
  void theHoursAddUpToTheIntegralOfTheGauge(@ForAll("days") List<Sample> day) {
    write("day", day, List.of());

    BigDecimal hours =
        hours(files("day")).workloads().stream()
            .map(WorkloadHour::memoryUsedByteS)
            .filter(Objects::nonNull)
            .reduce(BigDecimal.ZERO, BigDecimal::add);

    assertThat(hours).isEqualByComparingTo(integral(day));
  }

  @Property(tries = 100)
  void theHoursAddUpToTheIncreaseOfTheCounter(@ForAll("days") List<Sample> day) {
    write("day", List.of(), day);

    BigDecimal hours =
        hours(files("day")).workloads().stream()
            .map(WorkloadHour::cpuUsedCoreS)
            .filter(Objects::nonNull)
            .reduce(BigDecimal.ZERO, BigDecimal::add);

    assertThat(hours.subtract(growth(day)).abs())
        .as("rounding of 24 hours to nine digits")
        .isLessThan(new BigDecimal("0.000000024"));
  }

  @Property(tries = 100)
  void sharesOfPodsAddUpToTheAllocatedTimeOfTheDevice(
      @ForAll("days") List<Sample> one,
      @ForAll("days") List<Sample> other,
      @ForAll("days") List<Sample> third) {
    Answer held = new Answer();
    series(held, DEVICE + ",exported_namespace=vision,exported_pod=a", one);
    series(held, DEVICE + ",exported_namespace=vision,exported_pod=b", other);
    series(held, DEVICE + ",exported_namespace=search,exported_pod=c", third);
    held.write(folder.resolve("shared/nvidia-gpu-pod-uptime.json"));

    HoursOfDay hours = hours(files("shared"));
    TreeMap<Integer, BigDecimal> byHour = new TreeMap<>();
    for (WorkloadHour pod : hours.workloads()) {
      byHour.merge(pod.hour(), pod.acceleratorAllocatedS(), BigDecimal::add);
    }
    for (AcceleratorHour device : hours.accelerators()) {
      assertThat(byHour.getOrDefault(device.hour(), BigDecimal.ZERO))
          .isEqualByComparingTo(device.allocatedS());
      assertThat(device.allocatedS()).isLessThanOrEqualTo(new BigDecimal("3600"));
    }
  }

  @Provide
  Arbitrary<List<Sample>> days() {
    Arbitrary<Integer> seconds =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 287).map(i -> i * STEP_S),
            Arbitraries.integers().between(0, 80_000));
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 5).map(String::valueOf),
            Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal("1000000000000"))
                .ofScale(6)
                .map(BigDecimal::toPlainString));
    return Combinators.combine(seconds, values)
        .as(Sample::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60)
        .uniqueElements(Sample::second);
  }

  /**
   * Computes the integral by its definition: a sample is valid until the next sample, or for one
   * step before a gap and at the end.
   */
  private static BigDecimal integral(List<Sample> day) {
    BigDecimal sum = BigDecimal.ZERO;
    List<Sample> sorted = day.stream().sorted(Comparator.comparing(Sample::second)).toList();
    for (int i = 0; i < sorted.size(); i++) {
      int next = i + 1 < sorted.size() ? sorted.get(i + 1).second : Integer.MAX_VALUE;
      int gap = next - sorted.get(i).second;
      int lasts = gap <= 2 * STEP_S ? gap : STEP_S;
      int until = Math.min(86_400, sorted.get(i).second + lasts);
      sum =
          sum.add(
              new BigDecimal(sorted.get(i).value)
                  .multiply(BigDecimal.valueOf(until - sorted.get(i).second)));
    }
    return sum;
  }

  private static BigDecimal growth(List<Sample> day) {
    BigDecimal sum = BigDecimal.ZERO;
    List<Sample> sorted = day.stream().sorted(Comparator.comparing(Sample::second)).toList();
    for (int i = 0; i + 1 < sorted.size(); i++) {
      BigDecimal from = new BigDecimal(sorted.get(i).value);
      BigDecimal to = new BigDecimal(sorted.get(i + 1).value);
      if (sorted.get(i + 1).second - sorted.get(i).second <= 2 * STEP_S) {
        sum = sum.add(to.compareTo(from) < 0 ? to : to.subtract(from));
      }
    }
    return sum;
  }

  private static List<Sample> before(List<Sample> day, int cut) {
    return day.stream().filter(sample -> sample.second <= cut).toList();
  }

  private static List<Sample> after(List<Sample> day, int cut) {
    return day.stream().filter(sample -> sample.second >= cut).toList();
  }

  private static void series(Answer answer, String labels, List<Sample> samples) {
    answer.series(DAY, labels, samples.stream().map(Sample::text).toArray(String[]::new));
  }

  private void write(String name, List<Sample> gauge, List<Sample> counter) {
    Answer memory = new Answer();
    series(memory, POD, gauge);
    memory.write(folder.resolve(name + "/pod-usage-memory-bytes.json"));
    Answer cpu = new Answer();
    series(cpu, POD + ",container=main", counter);
    cpu.write(folder.resolve(name + "/container_cpu_usage_seconds_total.json"));
    Answer device = new Answer();
    series(device, DEVICE, gauge);
    device.write(folder.resolve(name + "/DCGM_FI_DEV_FB_USED.json"));
    device.write(folder.resolve(name + "/DCGM_FI_PROF_GR_ENGINE_ACTIVE.json"));
    Answer held = new Answer();
    series(held, DEVICE + ",exported_namespace=vision,exported_pod=fit-0", gauge);
    held.write(folder.resolve(name + "/nvidia-gpu-pod-uptime.json"));
  }

  private List<Path> files(String name) {
    return Answer.files(folder.resolve(name));
  }

  private static HoursOfDay hours(List<Path> files) {
    return HoursOfDay.of(new MeasuredDay(DAY, STEP_S, Answer.read(files), List.of()));
  }
}
