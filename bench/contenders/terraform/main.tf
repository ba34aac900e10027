# Lago as Terraform's documentation shows it for what has no provider: commands of a `terraform_data`.

variable "folder" {
  type = string
}

variable "environment" {
  type      = map(string)
  sensitive = true
}

resource "terraform_data" "lago" {
  # A destroy-time command may refer to nothing but the resource itself.
  input = {
    folder      = var.folder
    environment = var.environment
  }

  # A change of either replaces the resource, that is: ends it, and starts it anew.
  triggers_replace = [
    var.environment,
    filesha256("${var.folder}/docker-compose.yml"),
  ]

  provisioner "local-exec" {
    command     = "docker compose up -d --wait"
    working_dir = self.input.folder
    environment = self.input.environment
  }

  provisioner "local-exec" {
    when        = destroy
    command     = "docker compose down"
    working_dir = self.input.folder
    environment = self.input.environment
  }
}
