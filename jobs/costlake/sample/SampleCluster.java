package costlake.sample;

import costlake.sample.PlantedIncident.Commitment;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The accelerator cluster of the company: nodes, and the workloads that run on them. */
final class SampleCluster {
  /** The node whose eight H100 are idle on one weekend. */
  static final int IDLE_NODE = 1;

  private static final int MAINTENANCE_DAYS = 3;

  private final SampleSettings settings;
  private final PlantedIncidents planted;
  private final Cluster cluster = SampleFile.read("cluster.yml", Cluster.class);
  private final SeededRandom random;
  private final List<Node> nodes;
  private final LocalDate idleSaturday;

  private record Cluster(Map<String, Node.Machine> machines, List<Place> nodes, List<Pod> pods) {}

  /**
   * A node as {@code cluster.yml} describes it.
   *
   * @param months how many months before the last month the node was added; null if it was always
   *     there
   * @param downDay day of the last month on which a maintenance of the node begins; null if there
   *     is none
   */
  private record Place(String machine, Node.Coverage coverage, Integer months, Integer downDay) {}

  /** The days on which a node is down, from the first to the day after the last. */
  private record Down(LocalDate from, LocalDate to) {
    static final Down NEVER = new Down(LocalDate.MAX, LocalDate.MAX);
  }

  SampleCluster(SampleSettings settings) {
    this.settings = settings;
    this.planted = new PlantedIncidents(settings);
    this.random = new SeededRandom(settings.seed()).with("fleet");
    this.nodes =
        IntStream.range(0, cluster.nodes().size())
            .mapToObj(number -> node(number, cluster.nodes().get(number)))
            .toList();
    this.idleSaturday =
        settings.last().atDay(1).with(TemporalAdjusters.dayOfWeekInMonth(3, DayOfWeek.SATURDAY));
  }

  private Node node(int number, Place place) {
    SeededRandom own = random.with(number);
    String name = "ip-10-40-" + (16 + number) + "-" + (10 + own.below(200)) + ".ec2.internal";
    Down down = down(place);
    return new Node(
        "i-0" + own.with(7).hex(16),
        name,
        machine(place.machine()),
        place.coverage(),
        since(place.months()),
        down.from(),
        down.to());
  }

  private Down down(Place place) {
    if (place.downDay() != null) {
      LocalDate from = settings.last().atDay(place.downDay());
      return new Down(from, from.plusDays(MAINTENANCE_DAYS));
    }
    return Stream.of(place)
        .filter(planned -> planned.coverage() == Node.Coverage.PLAN)
        .flatMap(planned -> planted.unused(Commitment.AWS_SAVINGS_PLAN))
        .map(unused -> new Down(unused.first(settings), unused.end(settings)))
        .findFirst()
        .orElse(Down.NEVER);
  }

  private LocalDate since(Integer months) {
    YearMonth first = settings.first();
    YearMonth came = months == null ? first : settings.last().minusMonths(months);
    return (came.isBefore(first) ? first : came).atDay(1);
  }

  Node.Machine machine(String family) {
    return Objects.requireNonNull(cluster.machines().get(family), family);
  }

  List<Node> nodes() {
    return nodes;
  }

  List<Pod> pods() {
    return cluster.pods();
  }

  SeededRandom random() {
    return random;
  }

  LocalDate idleSaturday() {
    return idleSaturday;
  }
}
