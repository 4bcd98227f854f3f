package costlake.cli;

import picocli.CommandLine.Command;

/** Groups the commands below {@code costlake approve}. */
@Command(
    name = "approve",
    description = "Ask for expensive runs, and decide about them.",
    subcommands = {
      ApproveRequestCommand.class,
      ApproveDecideCommand.class,
      ApproveWithdrawCommand.class,
      ApproveListCommand.class,
      ApproveCheckCommand.class,
      ApproveSendCommand.class
    },
    footer = {
      "",
      "Example: costlake approve request --gpus 64xH100 --hours 96 --team search --run ranker-v9",
      "         costlake approve decide 1 yes --why 'agreed with finance'"
    })
final class ApproveCommand extends CommandGroup {}
