package costlake.build;

import costlake.core.CodeNumber;
import costlake.core.Sha256;
import costlake.model.Contract;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.RelationName;
import costlake.model.Resolver;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.UpperCaseCharStream;

/**
 * Digests of what decides the rows of models: rendered queries, types of columns, partitions and
 * windows. Comments, white space, descriptions and places in files do not change a digest. Digests
 * are the same in every process.
 */
public final class ModelDigests {
  private ModelDigests() {}

  /** Returns the digest of each model of a graph, views included. */
  public static Map<RelationName, String> of(Graph graph) {
    Map<RelationName, String> digests = new TreeMap<>();
    graph.order().forEach(model -> digests.put(model.name(), digest(graph, model)));
    return digests;
  }

  private static String digest(Graph graph, Model model) {
    Contract contract = model.contract();
    List<String> parts = new ArrayList<>();
    parts.add("code " + CodeNumber.NOW);
    model.withoutKinds().render(Resolver.VIEWS).forEach(query -> parts.add(words(query)));
    parts.add(contract.materialized() + " " + contract.partition() + " " + contract.reads());
    contract.monthsBefore().forEach((name, months) -> parts.add(months + " months before " + name));
    parts.add(contract.carries() + " " + contract.spreads());
    parts.add(contract.key() + " " + contract.nullableKey());
    contract.columns().forEach(c -> parts.add(c.name() + " " + c.type() + " " + c.nullable()));
    model.inputs().forEach(name -> parts.add(name + " " + graph.columns(name)));
    return HexFormat.of().formatHex(Sha256.of(String.join("\n", parts)), 0, 16);
  }

  /**
   * Returns the words that Spark's parser sees, each with its length: without comments and white
   * space between them. Two queries with the same words are parsed to the same plan.
   */
  static String words(String sql) {
    Lexer lexer = new SqlBaseLexer(new UpperCaseCharStream(CharStreams.fromString(sql)));
    lexer.removeErrorListeners();
    return lexer.getAllTokens().stream()
        .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL)
        .map(token -> token.getText())
        .map(word -> word.length() + ":" + word)
        .collect(Collectors.joining(" "));
  }
}
