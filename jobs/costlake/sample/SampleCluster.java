package costlake.sample;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/** The accelerator cluster: its nodes and what runs on them. */
final class SampleCluster {
  /** The node whose eight H100 nobody uses over one weekend. */
  static final int IDLE_NODE = 1;

  private static final int MAINTENANCE_FIRST_DAY = 8;
  private static final int MAINTENANCE_DAYS = 3;

  private final List<Node> nodes = new ArrayList<>();
  private final List<Pod> pods;
  private final SeededRandom dice;
  private final LocalDate idleSaturday;

  SampleCluster(SampleSettings settings) {
    this.dice = new SeededRandom(settings.seed()).with("fleet");
    LocalDate last = settings.last().atDay(1);
    this.idleSaturday = last.with(TemporalAdjusters.dayOfWeekInMonth(3, DayOfWeek.SATURDAY));
    LocalDate always = settings.first().atDay(1);
    LocalDate later = last.minusMonths(6).isBefore(always) ? always : last.minusMonths(6);
    LocalDate down = last.withDayOfMonth(MAINTENANCE_FIRST_DAY);
    LocalDate never = LocalDate.MAX;
    add(Node.Machine.P5, Node.Coverage.PLAN, always, never);
    add(Node.Machine.P5, Node.Coverage.ON_DEMAND, later, never);
    add(Node.Machine.P4D, Node.Coverage.RESERVED, always, down);
    add(Node.Machine.P4D, Node.Coverage.RESERVED, always, never);
    add(Node.Machine.G6, Node.Coverage.ON_DEMAND, always, never);
    add(Node.Machine.G6, Node.Coverage.SPOT, always, never);
    add(Node.Machine.M7I, Node.Coverage.ON_DEMAND, always, never);
    add(Node.Machine.M7I, Node.Coverage.ON_DEMAND, always, never);
    this.pods = work();
  }

  private void add(
      Node.Machine machine, Node.Coverage coverage, LocalDate since, LocalDate downFrom) {
    int number = nodes.size();
    SeededRandom own = dice.with(number);
    String name = "ip-10-40-" + (16 + number) + "-" + (10 + own.below(200)) + ".ec2.internal";
    LocalDate downTo =
        downFrom.equals(LocalDate.MAX) ? downFrom : downFrom.plusDays(MAINTENANCE_DAYS);
    nodes.add(
        new Node("i-0" + own.with(7).hex(16), name, machine, coverage, since, downFrom, downTo));
  }

  private static List<Pod> work() {
    return List.of(
        gpu("search-train", "ranker-pretrain", 0, 0, 8, 160, 1600, "search", "ranker", "ranker-v7"),
        gpu(
            "vision-train",
            "detector-train",
            1,
            0,
            8,
            144,
            1500,
            "vision",
            "detector",
            "detector-v3"),
        gpu(
            "assistant-train",
            "dialogue-tune",
            2,
            0,
            8,
            80,
            960,
            "assistant",
            "dialogue",
            "assistant-xl"),
        gpu("ads-train", "ctr-train", 3, 0, 4, 40, 480, "ads", "bidding", "ctr-v5"),
        other(
            "vision-notebooks", "nb-lena", 3, 4, 1, 8, 96, Pod.Kind.NOTEBOOK, "vision", "detector"),
        other(
            "assistant-notebooks",
            "nb-omar",
            3,
            5,
            1,
            8,
            96,
            Pod.Kind.NOTEBOOK,
            "assistant",
            "dialogue"),
        other("data-batch", "embed-refresh", 3, 6, 2, 16, 192, Pod.Kind.BATCH, "data", "ingest"),
        serve("search-serve", "ranker-api", 4, 0, 2, 16, 64, "search", "ranker", "ranker-v7"),
        serve("ads-serve", "ctr-api", 4, 2, 1, 8, 32, "ads", "bidding", "ctr-v5"),
        serve("vision-serve", "detector-api", 4, 3, 1, 8, 32, "vision", "detector", "detector-v3"),
        serve(
            "assistant-serve",
            "dialogue-api",
            5,
            0,
            3,
            30,
            120,
            "assistant",
            "dialogue",
            "assistant-xl"),
        other("kube-system", "coredns", 6, 0, 0, 1, 2, Pod.Kind.SERVICE, "platform", "cluster"),
        other("monitoring", "prometheus", 6, 0, 0, 3, 16, Pod.Kind.SERVICE, "platform", "cluster"),
        other("data-etl", "spark-driver", 7, 0, 0, 5, 20, Pod.Kind.SERVICE, "data", "warehouse"));
  }

  private static Pod gpu(
      String namespace,
      String app,
      int node,
      int first,
      int devices,
      int cores,
      int memoryGib,
      String team,
      String project,
      String model) {
    return new Pod(
        namespace,
        app,
        node,
        first,
        devices,
        cores,
        memoryGib,
        Pod.Kind.TRAINING,
        team,
        project,
        "prod",
        model);
  }

  private static Pod serve(
      String namespace,
      String app,
      int node,
      int first,
      int devices,
      int cores,
      int memoryGib,
      String team,
      String project,
      String model) {
    return new Pod(
        namespace,
        app,
        node,
        first,
        devices,
        cores,
        memoryGib,
        Pod.Kind.INFERENCE,
        team,
        project,
        "prod",
        model);
  }

  private static Pod other(
      String namespace,
      String app,
      int node,
      int first,
      int devices,
      int cores,
      int memoryGib,
      Pod.Kind kind,
      String team,
      String project) {
    String environment = kind == Pod.Kind.NOTEBOOK ? "dev" : "prod";
    return new Pod(
        namespace,
        app,
        node,
        first,
        devices,
        cores,
        memoryGib,
        kind,
        team,
        project,
        environment,
        "");
  }

  List<Node> nodes() {
    return nodes;
  }

  List<Pod> pods() {
    return pods;
  }

  SeededRandom dice() {
    return dice;
  }

  LocalDate idleSaturday() {
    return idleSaturday;
  }
}
