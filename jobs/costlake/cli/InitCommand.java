package costlake.cli;

import costlake.config.Config;
import costlake.init.Init;
import costlake.init.InitReport;
import costlake.land.Recognition;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Writes a configuration for a bill ({@code costlake init}). Prints the bills found, the proposed
 * teams and the files written.
 */
@Command(
    name = "init",
    description = {
      "Write a first configuration for your own bill.",
      "It takes sources and accounts from the bill, and proposes teams from its tags. Logs of jobs"
          + " and requests, exports of trackers and answers of Prometheus beside the bill become"
          + " sources too."
    },
    footer = {
      "",
      "Example: costlake init --from my-bills/ my-company",
      "         costlake night --conf my-company"
    })
final class InitCommand implements Runnable {
  private static final int CENT_DIGITS = 2;
  private static final int OTHERS_SHOWN = 5;

  @Mixin CommonOptions common;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "PATH",
      description =
          "A bill, or a folder with bills and other deliveries: AWS Cost and Usage Reports, Azure"
              + " cost exports, FOCUS 1.0 to 1.4 exports, logs of Slurm, LiteLLM and gateways, runs"
              + " of MLflow and Weights & Biases, descriptions of SageMaker, Vertex AI and Azure Machine"
              + " Learning, Prometheus.")
  Path from;

  @Parameters(paramLabel = "DIR", description = "Folder to write: new or empty.")
  Path dir;

  @Override
  public void run() {
    Recognition.Result found = Init.recognise(from, dir);
    Config defaults = Config.defaults(Path.of("").toAbsolutePath());
    try (LakeSession session = LakeSession.withoutLake(defaults)) {
      say(found, Init.write(session.spark(), defaults, found, dir, common.console().progress()));
    }
  }

  private void say(Recognition.Result found, InitReport written) {
    found
        .found()
        .forEach(
            one ->
                line(
                    "Recognised: %s, %s, %d file(s)%s"
                        .formatted(
                            one.location(),
                            one.kind().id(),
                            one.files().size(),
                            one.isProposed() ? "; check its columns in sources.yml" : "")));
    found.lists().forEach(list -> line("Copied: " + list + " to " + dir + "/reference"));
    found.others().stream().limit(OTHERS_SHOWN).forEach(other -> line("Left out: " + other.why()));
    if (found.others().size() > OTHERS_SHOWN) {
      line("Left out: %d more files".formatted(found.others().size() - OTHERS_SHOWN));
    }
    if (!found.others().isEmpty()) {
      line("Add a source that was left out with: ./costlake add-source KIND PATH --conf " + dir);
    }
    written.notices().forEach(notice -> line("Note: " + notice + "."));
    line("Read: %d charges of %s, %s".formatted(written.charges(), months(written), cost(written)));
    line(
        "Proposed: %d team(s) from %s"
            .formatted(
                written.teams(),
                written.tagKeys().isEmpty()
                    ? "the accounts"
                    : "the tag " + String.join(", ", written.tagKeys())));
    line("Written: " + dir + ". Change company and teams there. Then run:");
    line("  ./costlake doctor --conf " + dir);
    line("  ./costlake night --conf " + dir);
    line("  ./costlake report --conf " + dir + " --period " + last(written));
  }

  private void line(String text) {
    common.out().println(text);
  }

  private static String months(InitReport written) {
    String first = written.months().get(0).toString();
    return written.months().size() == 1 ? first : first + " to " + last(written);
  }

  private static String last(InitReport written) {
    return written.months().get(written.months().size() - 1).toString();
  }

  private static String cost(InitReport written) {
    return written.cost().entrySet().stream()
        .map(
            e ->
                e.getKey()
                    + " "
                    + e.getValue().setScale(CENT_DIGITS, RoundingMode.HALF_UP).toPlainString())
        .collect(Collectors.joining(", "));
  }
}
