package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.AddressChanges;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** Where the link to a new address leads: one button that takes it. Opening it changes nothing. */
@Controller
class NewAddressController {

    private final AddressChanges changes;

    NewAddressController(AddressChanges changes) {
        this.changes = changes;
    }

    @ModelAttribute
    void protect(HttpServletRequest request, HttpServletResponse response) {
        SignInPage.protect(request, response);
    }

    @GetMapping("/sign-in/new-address/{token}")
    ModelAndView open(@PathVariable String token) {
        return changes.find(token)
                .map(email -> SignInPage.of("new-address", t("shell.new_address.title"))
                        .addObject("path", "/sign-in/new-address/" + token)
                        .addObject("email", email.value()))
                .orElseGet(NewAddressController::over);
    }

    @PostMapping("/sign-in/new-address/{token}")
    ModelAndView take(@PathVariable String token) {
        return changes.confirm(token) ? new ModelAndView("redirect:/login?address") : over();
    }

    private static ModelAndView over() {
        return SignInPage.refused(
                SignInPage.message(
                        t("shell.reset.expired"),
                        t("shell.new_address.expired_text", AddressChanges.HOLDS.toHours()),
                        t("shell.back_to_sign_in"),
                        "/login"),
                HttpStatus.GONE);
    }
}
