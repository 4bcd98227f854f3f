package costlake.cli;

import costlake.acknowledge.Acknowledge;
import costlake.acknowledge.Acknowledgement;
import costlake.lake.Lake;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs {@code costlake incidents acknowledge}: records what a person says about an incident. */
@Command(
    name = "acknowledge",
    description = {
      "Record that you know of an incident, and why it happened.",
      "An acknowledged incident stays as it was recorded, also if bills are restated."
    },
    footer = {
      "",
      "Example: costlake incidents acknowledge 2026-09-16-1a2b3c --why 'price of the new contract'"
    })
final class IncidentsAcknowledgeCommand implements Runnable {
  @Mixin CommonOptions common;

  @Parameters(paramLabel = "ID", description = "Incident, as 'costlake incidents' lists it.")
  String id;

  @Option(names = "--why", required = true, paramLabel = "TEXT", description = "Reason.")
  String why;

  @Option(names = "--false-alarm", description = "It was no incident.")
  boolean falseAlarm;

  @Override
  public void run() {
    try (LakeSession session = LakeSession.ofLake(common.config())) {
      acknowledge(session.lake());
    }
  }

  void acknowledge(Lake lake) {
    Acknowledge.record(lake, new Acknowledgement(id, falseAlarm), CommonOptions.actor(), why);
    common.out().println(id + " is acknowledged.");
  }
}
