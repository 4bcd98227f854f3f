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

  /** The way its hours are paid. */
  enum Coverage {
    ON_DEMAND,
    PLAN,
    RESERVED,
    SPOT
  }

  /** A kind of machine with its list price in us-east-1. */
  enum Machine {
    P5("p5.48xlarge", "p5", "NVIDIA H100 80GB HBM3", 8, 81559, 192, 2048, "55.04"),
    P4D("p4d.24xlarge", "p4d", "NVIDIA A100-SXM4-40GB", 8, 40960, 96, 1152, "21.957642"),
    G6("g6.12xlarge", "g6", "NVIDIA L4", 4, 23034, 48, 192, "4.6016"),
    M7I("m7i.2xlarge", "m7i", "", 0, 0, 8, 32, "0.4032");

    final String type;
    final String family;
    final String accelerator;
    final int devices;
    final int deviceMib;
    final int cores;
    final int memoryGib;
    final BigDecimal hourUsd;

    Machine(
        String type,
        String family,
        String accelerator,
        int devices,
        int deviceMib,
        int cores,
        int memoryGib,
        String hourUsd) {
      this.type = type;
      this.family = family;
      this.accelerator = accelerator;
      this.devices = devices;
      this.deviceMib = deviceMib;
      this.cores = cores;
      this.memoryGib = memoryGib;
      this.hourUsd = new BigDecimal(hourUsd);
    }
  }

  /** First hour of the day that it is up; 24 when it is not up at all. */
  int upFromHour(LocalDate day, SeededRandom dice) {
    if (day.isBefore(since) || (!day.isBefore(downFrom) && day.isBefore(downTo))) {
      return 24;
    }
    SeededRandom today = dice.with(instanceId).with(day.toEpochDay());
    return coverage == Coverage.SPOT && today.percent(12) ? 2 + today.with(1).below(6) : 0;
  }

  int upHours(LocalDate day, SeededRandom dice) {
    return 24 - upFromHour(day, dice);
  }

  String deviceId(int device, SeededRandom dice) {
    String hex = dice.with(instanceId).with(1000L + device).hex(32);
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
