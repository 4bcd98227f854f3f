package costlake.assist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.core.BuildVersion;
import costlake.core.Failure;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers tools by the protocol. */
final class ToolServer {
  private static final Logger LOG = LoggerFactory.getLogger(ToolServer.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Longest answer in characters; a longer one would fill the memory of an assistant. */
  private static final int ANSWER_CHARACTERS_MAX = 400_000;

  private static final String INSTRUCTIONS =
      "Costlake knows what AI workloads cost: statements of teams, projects, cost centres and the"
          + " company by month, budgets, runs, endpoints and accelerators. Every figure comes from"
          + " delivered bills. Amounts are decimals as text with a currency beside them; do not add"
          + " amounts of different currencies. null means unknown, never zero.";

  private ToolServer() {}

  /** Offers the tools to the clients of a transport. */
  static void offer(List<Tool> tools, Messages messages) {
    McpServer.sync(messages)
        .serverInfo("Costlake", BuildVersion.text())
        .instructions(INSTRUCTIONS)
        .capabilities(ServerCapabilities.builder().tools(false).build())
        .validateToolInputs(true)
        .immediateExecution(true)
        .tools(tools.stream().map(ToolServer::specification).toList())
        .build();
  }

  private static SyncToolSpecification specification(Tool tool) {
    McpSchema.Tool described =
        McpSchema.Tool.builder(tool.name(), Schemas.arguments(tool))
            .description(tool.description())
            .annotations(ToolAnnotations.builder().readOnlyHint(true).openWorldHint(false).build())
            .build();
    return new SyncToolSpecification(
        described, (context, request) -> result(tool, context, request));
  }

  private static CallToolResult result(
      Tool tool, McpTransportContext context, CallToolRequest request) {
    try {
      Call call = (Call) Objects.requireNonNull(context.get(Call.KEY));
      return result(
          tool.answer(
              call, new Arguments(Objects.requireNonNullElse(request.arguments(), Map.of()))));
    } catch (Failure e) {
      if (e.family() == Failure.Family.INTERNAL) {
        LOG.error("The tool {} failed", tool.name(), e);
      }
      return error(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("The tool {} failed", tool.name(), e);
      return error("The tool failed inside the server; the log of the server has the reason");
    }
  }

  private static CallToolResult result(Map<String, Object> answer) {
    String text = text(answer);
    if (text.length() > ANSWER_CHARACTERS_MAX) {
      throw Failure.operator(
          "Cannot answer: the answer has more than %d characters. Select fewer columns or rows",
          ANSWER_CHARACTERS_MAX);
    }
    return CallToolResult.builder().addTextContent(text).structuredContent(answer).build();
  }

  private static String text(Map<String, Object> answer) {
    try {
      return JSON.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CallToolResult error(String message) {
    return CallToolResult.builder().addTextContent(message).isError(true).build();
  }
}
