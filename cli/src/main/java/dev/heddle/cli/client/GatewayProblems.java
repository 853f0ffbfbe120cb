package dev.heddle.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;

/** A refusal of the gateway told to a person: its own sentence, and what to do about it. Pure. */
public final class GatewayProblems {

    private GatewayProblems() {
    }

    static CliException told(int status, JsonNode problem) {
        String code = problem.path("code").asText();
        String sentence = problem.path("detail").asText(problem.path("message").asText(
            problem.path("title").asText(code)));
        boolean away = status >= 500 || "UNAVAILABLE".equals(code);
        return new CliException(away ? ExitCode.UNAVAILABLE : ExitCode.REFUSED, code, sentence, hint(code));
    }

    /**
     * {@return what to do about a refusal, or null}
     *
     * @param code the refusal's code
     */
    public static String hint(String code) {
        switch (code) {
            case "UNKNOWN_WORKSPACE":
                return "heddle ws list shows the workspaces, heddle ws create NAME makes one";
            case "UNKNOWN_FILE":
                return "heddle ls WORKSPACE shows the files";
            case "FILE_DELETED":
                return "heddle log WORKSPACE PATH shows when; heddle cat --version V shows its text before";
            case "PATH_TAKEN":
                return "choose another path, or move the file that is there first";
            case "ANCHOR_NOT_FOUND":
                return "heddle cat shows the text as it is now; the search must match it exactly, white space too";
            case "ANCHOR_AMBIGUOUS":
                return "make the text to find longer, or say --occurrence first or all";
            case "BASE_TOO_OLD":
                return "older versions are still in the raw log: add --kafka HOST:PORT to read them from there";
            case "PRECONDITION_FAILED":
                return "the file changed meanwhile: read it again and repeat";
            case "OUT_OF_RANGE":
                return "heddle cat shows the text as it is now; positions count its code points from 0";
            case "UNAUTHENTICATED":
                return "give a token with HEDDLE_TOKEN or --token; whoever runs the gateway makes them";
            case "TOKEN_ENDED":
                return "get a new token from whoever runs the gateway";
            case "FORBIDDEN":
                return "heddle ws list shows the workspaces the token may read";
            case "LIMIT_REACHED":
                return "wait a moment and repeat";
            case "UNAVAILABLE":
                return "nothing was changed as far as the gateway knows; repeat in a moment";
            default:
                return null;
        }
    }
}
