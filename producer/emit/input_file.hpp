#pragma once

#include <cstddef>
#include <string>

#include "shared/base/result.hpp"

namespace strongroom::emit {

/// A file that is read from front to end; `-` is standard input. Failures are permanent and name the file.
class InputFile {
  public:
    static Result<InputFile> open(const std::string& path);
    InputFile(InputFile&& other) noexcept;
    InputFile& operator=(InputFile&&) = delete;
    ~InputFile();

    /// Waits for up to `size` bytes; 0 at the end. A signal that is handled ends the wait as if the end had come.
    Result<std::size_t> read(char* into, std::size_t size);

    /// As it stands in messages: the path, or `stdin`.
    [[nodiscard]] const std::string& name() const { return name_; }

  private:
    InputFile(int descriptor, std::string name) : descriptor_{descriptor}, name_{std::move(name)} {}

    int descriptor_;
    std::string name_;
};

}  // namespace strongroom::emit
