// Generated from the contract by "npm run generate". Do not edit: the next run overwrites it.

/** The names of each operation's examples, by status, range or `default`. */
export interface ExampleNames {
  listWebhookEndpoints: {
    "200": "sample" | "empty" | "openWorld";
    "401": "invalidKey";
    "403": "insufficientPermissions";
    "429": "rateLimited";
    "500": "processingError";
    "503": "unavailable";
    "default": "invalidRequest" | "notFound";
  };
  addWebhookEndpoint: {
    "401": "invalidKey";
    "403": "insufficientPermissions";
    "422": "missingMember";
    "429": "rateLimited";
    "500": "processingError";
    "503": "unavailable";
    "2XX": "added";
    "default": "invalidRequest" | "notFound";
  };
  updateWebhookEndpoint: {
    "401": "invalidKey";
    "403": "insufficientPermissions";
    "404": "noSuchEndpoint";
    "422": "missingMember";
    "429": "rateLimited";
    "500": "processingError";
    "503": "unavailable";
    "2XX": "updated";
    "default": "invalidRequest" | "notFound";
  };
  deleteWebhookEndpoint: {
    "200": "deleted";
    "401": "invalidKey";
    "403": "insufficientPermissions";
    "404": "noSuchEndpoint";
    "422": "missingMember";
    "429": "rateLimited";
    "500": "processingError";
    "503": "unavailable";
    "default": "invalidRequest" | "notFound";
  };
}

/** The example bodies of one response. */
export interface ResponseExamples {
  /** Absent if the response has no body. */
  readonly mediaType?: string;
  readonly examples: Readonly<Record<string, unknown>>;
}

/** Each operation's responses by its `operationId`: the statuses in order, then ranges and `default`. */
export const examples: Readonly<Record<keyof ExampleNames, Readonly<Record<string, ResponseExamples>>>> =
{
  "listWebhookEndpoints": {
    "200": {
      "mediaType": "application/json",
      "examples": {
        "sample": {
          "data": [
            {
              "endpoint_id": "webhook_123456",
              "url": "https://example.com/webhook",
              "secret": "whsec_abc123",
              "status": "enabled",
              "events": [
                "video.completed",
                "avatar.generated"
              ],
              "username": "user123",
              "created_at": "2024-01-15T10:30:00Z"
            },
            {
              "endpoint_id": "webhook_789012",
              "url": "https://mysite.com/callback",
              "secret": "whsec_def456",
              "status": "disabled",
              "events": [],
              "username": "user123",
              "created_at": "2024-01-10T15:45:00Z"
            }
          ]
        },
        "empty": {
          "data": []
        },
        "openWorld": {
          "data": [
            {
              "endpoint_id": "webhook_345678",
              "url": "https://example.org/hooks/konpro",
              "secret": "whsec_ghi789",
              "status": "some_future_status",
              "events": null,
              "username": "user123",
              "created_at": "2024-02-01T08:00:00Z",
              "some_future_member": "kept as it came"
            }
          ]
        }
      }
    },
    "401": {
      "mediaType": "application/json",
      "examples": {
        "invalidKey": {
          "error": {
            "code": "INVALID_API_KEY",
            "message": "The API key is not valid."
          },
          "request_id": "req_401a"
        }
      }
    },
    "403": {
      "mediaType": "application/json",
      "examples": {
        "insufficientPermissions": {
          "error": {
            "code": "INSUFFICIENT_PERMISSIONS",
            "message": "The API key may not list webhook endpoints."
          },
          "request_id": "req_403a"
        }
      }
    },
    "429": {
      "mediaType": "application/json",
      "examples": {
        "rateLimited": {
          "error": {
            "code": "RATE_LIMIT_EXCEEDED",
            "message": "The rate limit is used up.",
            "details": {
              "limit": 60
            }
          },
          "request_id": "req_429a"
        }
      }
    },
    "500": {
      "mediaType": "application/json",
      "examples": {
        "processingError": {
          "error": {
            "code": "PROCESSING_ERROR",
            "message": "The request could not be processed."
          },
          "request_id": "req_500a"
        }
      }
    },
    "503": {
      "mediaType": "application/json",
      "examples": {
        "unavailable": {
          "error": {
            "code": "SERVICE_UNAVAILABLE",
            "message": "The service is not available for the moment."
          },
          "request_id": "req_503a"
        }
      }
    },
    "default": {
      "mediaType": "application/json",
      "examples": {
        "invalidRequest": {
          "error": {
            "code": "INVALID_REQUEST",
            "message": "The request is not valid."
          },
          "request_id": "req_400a"
        },
        "notFound": {
          "error": {
            "code": "RESOURCE_NOT_FOUND",
            "message": "There is no such resource."
          },
          "request_id": "req_404a"
        }
      }
    }
  },
  "addWebhookEndpoint": {
    "401": {
      "mediaType": "application/json",
      "examples": {
        "invalidKey": {
          "error": {
            "code": "INVALID_API_KEY",
            "message": "The API key is not valid."
          },
          "request_id": "req_401a"
        }
      }
    },
    "403": {
      "mediaType": "application/json",
      "examples": {
        "insufficientPermissions": {
          "error": {
            "code": "INSUFFICIENT_PERMISSIONS",
            "message": "The API key may not list webhook endpoints."
          },
          "request_id": "req_403a"
        }
      }
    },
    "422": {
      "mediaType": "application/json",
      "examples": {
        "missingMember": {
          "detail": [
            {
              "loc": [
                "body",
                "url"
              ],
              "msg": "Field required",
              "type": "missing"
            }
          ]
        }
      }
    },
    "429": {
      "mediaType": "application/json",
      "examples": {
        "rateLimited": {
          "error": {
            "code": "RATE_LIMIT_EXCEEDED",
            "message": "The rate limit is used up.",
            "details": {
              "limit": 60
            }
          },
          "request_id": "req_429a"
        }
      }
    },
    "500": {
      "mediaType": "application/json",
      "examples": {
        "processingError": {
          "error": {
            "code": "PROCESSING_ERROR",
            "message": "The request could not be processed."
          },
          "request_id": "req_500a"
        }
      }
    },
    "503": {
      "mediaType": "application/json",
      "examples": {
        "unavailable": {
          "error": {
            "code": "SERVICE_UNAVAILABLE",
            "message": "The service is not available for the moment."
          },
          "request_id": "req_503a"
        }
      }
    },
    "2XX": {
      "mediaType": "application/json",
      "examples": {
        "added": {
          "endpoint_id": "webhook_123456",
          "url": "https://example.com/konpro/webhooks",
          "secret": "whsec_abc123def456",
          "status": "enabled",
          "events": [
            "video.created",
            "avatar.updated"
          ],
          "username": "user123",
          "created_at": "2024-01-15T10:30:00Z"
        }
      }
    },
    "default": {
      "mediaType": "application/json",
      "examples": {
        "invalidRequest": {
          "error": {
            "code": "INVALID_REQUEST",
            "message": "The request is not valid."
          },
          "request_id": "req_400a"
        },
        "notFound": {
          "error": {
            "code": "RESOURCE_NOT_FOUND",
            "message": "There is no such resource."
          },
          "request_id": "req_404a"
        }
      }
    }
  },
  "updateWebhookEndpoint": {
    "401": {
      "mediaType": "application/json",
      "examples": {
        "invalidKey": {
          "error": {
            "code": "INVALID_API_KEY",
            "message": "The API key is not valid."
          },
          "request_id": "req_401a"
        }
      }
    },
    "403": {
      "mediaType": "application/json",
      "examples": {
        "insufficientPermissions": {
          "error": {
            "code": "INSUFFICIENT_PERMISSIONS",
            "message": "The API key may not list webhook endpoints."
          },
          "request_id": "req_403a"
        }
      }
    },
    "404": {
      "mediaType": "application/json",
      "examples": {
        "noSuchEndpoint": {
          "error": {
            "code": "RESOURCE_NOT_FOUND",
            "message": "There is no such webhook endpoint."
          },
          "request_id": "req_404b"
        }
      }
    },
    "422": {
      "mediaType": "application/json",
      "examples": {
        "missingMember": {
          "detail": [
            {
              "loc": [
                "body",
                "url"
              ],
              "msg": "Field required",
              "type": "missing"
            }
          ]
        }
      }
    },
    "429": {
      "mediaType": "application/json",
      "examples": {
        "rateLimited": {
          "error": {
            "code": "RATE_LIMIT_EXCEEDED",
            "message": "The rate limit is used up.",
            "details": {
              "limit": 60
            }
          },
          "request_id": "req_429a"
        }
      }
    },
    "500": {
      "mediaType": "application/json",
      "examples": {
        "processingError": {
          "error": {
            "code": "PROCESSING_ERROR",
            "message": "The request could not be processed."
          },
          "request_id": "req_500a"
        }
      }
    },
    "503": {
      "mediaType": "application/json",
      "examples": {
        "unavailable": {
          "error": {
            "code": "SERVICE_UNAVAILABLE",
            "message": "The service is not available for the moment."
          },
          "request_id": "req_503a"
        }
      }
    },
    "2XX": {
      "mediaType": "application/json",
      "examples": {
        "updated": {
          "endpoint_id": "endpoint123",
          "url": "https://example.com/new-webhook-url",
          "secret": "whsec_abc123def456",
          "status": "enabled",
          "events": [
            "video.updated",
            "avatar.deleted"
          ],
          "username": "user123",
          "created_at": "2024-01-15T10:30:00Z"
        }
      }
    },
    "default": {
      "mediaType": "application/json",
      "examples": {
        "invalidRequest": {
          "error": {
            "code": "INVALID_REQUEST",
            "message": "The request is not valid."
          },
          "request_id": "req_400a"
        },
        "notFound": {
          "error": {
            "code": "RESOURCE_NOT_FOUND",
            "message": "There is no such resource."
          },
          "request_id": "req_404a"
        }
      }
    }
  },
  "deleteWebhookEndpoint": {
    "200": {
      "mediaType": "application/json",
      "examples": {
        "deleted": {
          "endpoint_id": "webhook_123456",
          "status": "deleted",
          "message": "Webhook endpoint successfully deleted",
          "deleted_at": "2024-01-15T15:45:00Z"
        }
      }
    },
    "401": {
      "mediaType": "application/json",
      "examples": {
        "invalidKey": {
          "error": {
            "code": "INVALID_API_KEY",
            "message": "The API key is not valid."
          },
          "request_id": "req_401a"
        }
      }
    },
    "403": {
      "mediaType": "application/json",
      "examples": {
        "insufficientPermissions": {
          "error": {
            "code": "INSUFFICIENT_PERMISSIONS",
            "message": "The API key may not list webhook endpoints."
          },
          "request_id": "req_403a"
        }
      }
    },
    "404": {
      "mediaType": "application/json",
      "examples": {
        "noSuchEndpoint": {
          "error": {
            "code": "RESOURCE_NOT_FOUND",
            "message": "There is no such webhook endpoint."
          },
          "request_id": "req_404b"
        }
      }
    },
    "422": {
      "mediaType": "application/json",
      "examples": {
        "missingMember": {
          "detail": [
            {
              "loc": [
                "body",
                "url"
              ],
              "msg": "Field required",
              "type": "missing"
            }
          ]
        }
      }
    },
    "429": {
      "mediaType": "application/json",
      "examples": {
        "rateLimited": {
          "error": {
            "code": "RATE_LIMIT_EXCEEDED",
            "message": "The rate limit is used up.",
            "details": {
              "limit": 60
            }
          },
          "request_id": "req_429a"
        }
      }
    },
    "500": {
      "mediaType": "application/json",
      "examples": {
        "processingError": {
          "error": {
            "code": "PROCESSING_ERROR",
            "message": "The request could not be processed."
          },
          "request_id": "req_500a"
        }
      }
    },
    "503": {
      "mediaType": "application/json",
      "examples": {
        "unavailable": {
          "error": {
            "code": "SERVICE_UNAVAILABLE",
            "message": "The service is not available for the moment."
          },
          "request_id": "req_503a"
        }
      }
    },
    "default": {
      "mediaType": "application/json",
      "examples": {
        "invalidRequest": {
          "error": {
            "code": "INVALID_REQUEST",
            "message": "The request is not valid."
          },
          "request_id": "req_400a"
        },
        "notFound": {
          "error": {
            "code": "RESOURCE_NOT_FOUND",
            "message": "There is no such resource."
          },
          "request_id": "req_404a"
        }
      }
    }
  }
};
