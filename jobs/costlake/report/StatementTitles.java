package costlake.report;

/** Names a statement: in words, in the language of the reader. */
record StatementTitles(FigureFormat figures, StatementTexts words) {
  /** Returns the title of a statement: recipient, number and month. */
  String title(Statement statement, StatementStatus issue) {
    Statement.Head head = statement.head();
    return words.say(
        "{0}, statement{1} of {2}",
        words.receiver(head.receiver()), issue.suffix(" "), figures.month(head.month()));
  }

  /** Says whether the statement is final, and its number. */
  String status(Statement statement, StatementStatus issue) {
    String status = words.say(issue.closed() ? "Final statement" : "Preliminary statement");
    return status + ", " + words.say("no. {0}", issue.id(statement.head().number()));
  }
}
