package costlake.sample;

import java.math.BigDecimal;
import java.time.LocalDate;

/** A machine of the cluster. */
record Node(
    String instanceId,
    String name,
    Machine machine,
    Coverage coverage,
    LocalDate since,
    LocalDate downFrom,
    LocalDate downTo) {

  /** How the hours of a machine are paid. */
  enum Coverage {
    ON_DEMAND,
    PLAN,
    RESERVED,
    SPOT
  }

  /**
   * A kind of machine.
   *
   * @param hourUsd list price of an hour in us-east-1
   */
  record Machine(
      String type,
      String accelerator,
      int devices,
      int deviceMib,
      int cores,
      int memoryGib,
      BigDecimal hourUsd) {
    Machine {
      accelerator = accelerator == null ? "" : accelerator;
    }

    String family() {
      return type.substring(0, type.indexOf('.'));
    }
  }

  /**
   * Returns the first hour of the day in which the machine runs; 24 if it does not run on that day.
   */
  int upFromHour(LocalDate day, SeededRandom random) {
    if (day.isBefore(since) || (!day.isBefore(downFrom) && day.isBefore(downTo))) {
      return 24;
    }
    SeededRandom today = random.with(instanceId).with(day.toEpochDay());
    return coverage == Coverage.SPOT && today.percent(12) ? 2 + today.with(1).below(6) : 0;
  }

  int upHours(LocalDate day, SeededRandom random) {
    return 24 - upFromHour(day, random);
  }

  String deviceId(int device, SeededRandom random) {
    String hex = random.with(instanceId).with(1000L + device).hex(32);
    return "GPU-"
        + String.join(
            "-",
            hex.substring(0, 8),
            hex.substring(8, 12),
            hex.substring(12, 16),
            hex.substring(16, 20),
            hex.substring(20));
  }
}
