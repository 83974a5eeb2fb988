package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import io.perennial.uikit.PagePolicy;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/** The answer to a browser where no page of the console is involved (a file, a customer's link, a broken request). */
@Controller
class PlainErrors implements ErrorController {

    /** A customer's address that no feature answers: not a page of the console, so not one for Vaadin. */
    @RequestMapping("/p/**")
    void noSuchPublicPage() {
        throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }

    @RequestMapping("${spring.web.error.path:${error.path:/error}}")
    String error(HttpServletRequest request, HttpServletResponse response, Model model) {
        int status = status(request);
        response.setStatus(status);
        PagePolicy.protect(request, response);
        model.addAttribute("product", t("shell.product"));
        if (request.getAttribute(StalePage.BACK) instanceof String path) {
            model.addAttribute("title", t("shell.stale"));
            model.addAttribute("text", t("shell.stale_hint"));
            model.addAttribute("path", path);
            model.addAttribute("link", t("shell.stale_again"));
        } else if (status == 404) {
            model.addAttribute("title", t("shell.not_found"));
            model.addAttribute("text", t("shell.not_found_plain"));
        } else if (status == 401 || status == 403) {
            model.addAttribute("title", t("shell.denied"));
            model.addAttribute("text", t("shell.denied_plain"));
        } else if (status == 413) {
            model.addAttribute("title", t("shell.too_large"));
            model.addAttribute("text", t("shell.too_large_hint"));
        } else if (status >= 500) {
            Throwable fault = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown
                    ? thrown
                    : new IllegalStateException("Status " + status + " without an exception");
            if (UnexpectedErrors.isDatabaseAway(fault)) {
                response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
                response.setHeader("Retry-After", "15");
                model.addAttribute("title", t("shell.away"));
                model.addAttribute("text", t("shell.away_hint"));
            } else {
                model.addAttribute("title", t("shell.error"));
                model.addAttribute("text", t("shell.error_hint", UnexpectedErrors.logged(fault)));
            }
        } else {
            model.addAttribute("title", t("shell.refused"));
            model.addAttribute("text", t("shell.refused_hint"));
        }
        return "shell/error";
    }

    /** A query that the container cannot read comes as a fault, wherever its first value is asked for. */
    private static int status(HttpServletRequest request) {
        for (Throwable t = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable fault
                        ? fault
                        : null;
                t != null;
                t = t.getCause()) {
            if (t instanceof InvalidParameterException unreadable) {
                return unreadable.getErrorCode();
            }
        }
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 500;
    }
}
