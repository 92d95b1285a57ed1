#pragma once

#include <string>

#include "tests/simulator/exchange.hpp"
#include "tests/simulator/tokens.hpp"

namespace strongroom::simulator {

/// The client a token request is from, as it says (Basic header or form); empty when it does not.
std::string client_of(const Request& request);

/// POST /oauth/token with grant_type=client_credentials (RFC 6749 section 4.4): credentials in a Basic header or in the
/// form; `scope` is given back.
Reply answer_token(Tokens& tokens, const Request& request);

}  // namespace strongroom::simulator
