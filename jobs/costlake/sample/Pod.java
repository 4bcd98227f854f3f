package costlake.sample;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import org.jspecify.annotations.Nullable;

/**
 * A workload that runs on a node of the cluster.
 *
 * @param active percent of the time in which its devices are active, on average over a day; null if
 *     its kind determines it
 */
record Pod(
    String namespace,
    String app,
    int node,
    int firstDevice,
    int devices,
    int cores,
    int memoryGib,
    Kind kind,
    String team,
    String project,
    String environment,
    String model,
    @Nullable Integer active) {
  private static final int MORE_BY_DAY = 2;
  private static final int LESS_BY_NIGHT = 4;

  Pod {
    model = model == null ? "" : model;
  }

  /**
   * The kind of a workload. It determines when the workload runs and how much it uses its devices.
   */
  enum Kind {
    TRAINING("Job"),
    INFERENCE("ReplicaSet"),
    NOTEBOOK("StatefulSet"),
    BATCH("Job"),
    SERVICE("DaemonSet");

    final String owner;

    Kind(String owner) {
      this.owner = owner;
    }
  }

  /**
   * Returns the name of the pod on a day. Training jobs have a new pod each week, batch jobs have a
   * new pod each day.
   */
  String name(LocalDate day, SeededRandom random) {
    return switch (kind) {
      case TRAINING -> owner(day) + "-0";
      case BATCH -> owner(day) + "-" + random.with(app).with(day.toEpochDay()).hex(5);
      case INFERENCE ->
          owner(day) + "-" + random.with(app).with(1).text("bcdfghjklmnpqrstvwxz2456789", 5);
      case NOTEBOOK -> app + "-0";
      case SERVICE -> app + "-" + random.with(app).with(2L + node).hex(5);
    };
  }

  String owner(LocalDate day) {
    return switch (kind) {
      case TRAINING -> app + "-w" + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case BATCH -> app + "-" + day.toString().replace("-", "");
      case INFERENCE -> app + "-6d5f8c7b9";
      case NOTEBOOK, SERVICE -> app;
    };
  }

  /** Whether the workload runs in an hour. */
  boolean runs(LocalDate day, int hour, LocalDate idleSaturday) {
    boolean idle =
        node == SampleCluster.IDLE_NODE
            && kind == Kind.TRAINING
            && (day.equals(idleSaturday) || day.equals(idleSaturday.plusDays(1)));
    return !idle && (kind != Kind.BATCH || (hour >= 1 && hour < 5));
  }

  private static boolean byDay(int hour) {
    return hour >= 7 && hour < 23;
  }

  static boolean atWork(LocalDate day, int hour) {
    boolean weekend =
        day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    return !weekend && hour >= 9 && hour < 18;
  }

  /** Returns the utilisation of the devices of the workload, in percent. */
  int activity(LocalDate day, int hour, SeededRandom step) {
    if (active != null) {
      return byDay(hour) ? active + MORE_BY_DAY : active - LESS_BY_NIGHT;
    }
    return switch (kind) {
      case TRAINING -> 82 + step.below(16);
      case INFERENCE -> (byDay(hour) ? 35 : 8) + step.below(30);
      case NOTEBOOK -> atWork(day, hour) ? 10 + step.below(35) : 0;
      case BATCH -> 60 + step.below(31);
      case SERVICE -> 0;
    };
  }
}
